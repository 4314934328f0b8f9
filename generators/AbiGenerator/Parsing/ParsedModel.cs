using Faultline.AbiEmit.CSharp;
using Faultline.AbiModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Faultline.AbiGenerator.Parsing;

/// <summary>A model file after parsing: a model, or the problem that kept it from being one.</summary>
/// <param name="Header">The header's own file, when the build extracted the model; else empty.</param>
internal sealed record ParsedModel(string Path, CSharpOptions Options, string Header, AbiSpec? Spec, Problem? Problem)
{
    public string Namespace => Options.Namespace;

    public static ParsedModel From(ModelInput input)
    {
        if (!IsNamespace(input.Options.Namespace))
            return Failed(input, DiagnosticDescriptors.BadNamespace, 0, 0, input.Options.Namespace);
        if (input.Text is null)
            return Failed(input, DiagnosticDescriptors.UnreadableModel, 0, 0, "the file does not exist or is no text");
        try
        {
            return new(input.Path, input.Options, input.Header, AbiFile.Parse(input.Text), null);
        }
        catch (AbiFormatException exception)
        {
            var descriptor = exception.WrongSchema ? DiagnosticDescriptors.WrongSchema : DiagnosticDescriptors.MalformedModel;
            return Failed(input, descriptor, exception.Line, exception.Column, exception.Message);
        }
    }

    private static ParsedModel Failed(ModelInput input, DiagnosticDescriptor descriptor, int line, int column, string what) =>
        new(input.Path, input.Options, input.Header, null,
            new(descriptor.Id, input.Path, line, column, EquatableArray.Of(System.IO.Path.GetFileName(input.Path), what)));

    /// <summary>A problem with something of the header: at its place there, or when that file is not known, in the model.</summary>
    /// <param name="at"><c>header:line</c>, or empty.</param>
    public Problem ProblemAt(DiagnosticDescriptor descriptor, string at, params string[] arguments)
    {
        var colon = at.LastIndexOf(':');
        var line = colon > 0 && at.Substring(0, colon) == Spec?.Header && int.TryParse(at.Substring(colon + 1), out var number) ? number
            : 0;
        return line > 0 && Header.Length > 0
            ? new(descriptor.Id, Header, line, 0, EquatableArray.Of(arguments))
            : new(descriptor.Id, Path, 0, 0, EquatableArray.Of(arguments));
    }

    private static bool IsNamespace(string text) =>
        text.Split('.').All(part => SyntaxFacts.IsValidIdentifier(part) && SyntaxFacts.GetKeywordKind(part) == SyntaxKind.None);
}
