using Faultline.AbiModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Faultline.AbiGenerator.Parsing;

/// <summary>What is wrong with a model, in a form that compares by value. <see cref="Diagnostic"/> does not.</summary>
/// <param name="Line">From 1; 0 for the whole file.</param>
internal sealed record Problem(string Id, string Path, int Line, int Column, EquatableArray<string> Arguments)
{
    public Diagnostic ToDiagnostic(DiagnosticDescriptor descriptor)
    {
        var position = new LinePosition(Math.Max(Line - 1, 0), Math.Max(Column - 1, 0));
        var location = Location.Create(Path, default, new LinePositionSpan(position, position));
        return Diagnostic.Create(descriptor, location, [.. Arguments]);
    }
}

/// <summary>A model file after parsing: a model, or the problem that kept it from being one.</summary>
internal sealed record ParsedModel(string Path, string Namespace, bool EmitTests, AbiSpec? Spec, Problem? Problem)
{
    public static ParsedModel From(ModelInput input)
    {
        var empty = new ParsedModel(input.Path, input.Namespace, input.EmitTests, null, null);
        if (!IsNamespace(input.Namespace))
            return empty with { Problem = new(DiagnosticDescriptors.BadNamespace.Id, input.Path, 0, 0, EquatableArray.Of(Name(input), input.Namespace)) };
        if (input.Text is null)
        {
            return empty with
            {
                Problem = new(DiagnosticDescriptors.UnreadableModel.Id, input.Path, 0, 0, EquatableArray.Of(Name(input), "the file does not exist or is no text")),
            };
        }
        try
        {
            return empty with { Spec = AbiFile.Parse(input.Text) };
        }
        catch (AbiFormatException exception)
        {
            var descriptor = exception.WrongSchema ? DiagnosticDescriptors.WrongSchema : DiagnosticDescriptors.MalformedModel;
            return empty with { Problem = new(descriptor.Id, input.Path, exception.Line, exception.Column, EquatableArray.Of(Name(input), exception.Message)) };
        }
    }

    private static string Name(ModelInput input) => System.IO.Path.GetFileName(input.Path);

    private static bool IsNamespace(string text) =>
        text.Split('.').All(part => SyntaxFacts.IsValidIdentifier(part) && SyntaxFacts.GetKeywordKind(part) == SyntaxKind.None);
}

/// <summary>A model that is going to be emitted, without the lists that do not reach the code.</summary>
internal sealed record EmittableModel(string Namespace, bool EmitTests, AbiSpec Spec)
{
    /// <summary>Locations move with every edited line and reach no code; leaving them out keeps the emit step cached.</summary>
    public static EmittableModel From(ParsedModel model) =>
        new(model.Namespace, model.EmitTests, model.Spec! with { Locations = default, Unresolved = default });
}
