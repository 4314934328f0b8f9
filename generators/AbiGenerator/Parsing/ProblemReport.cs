using System.Collections.Immutable;
using Faultline.AbiModel;
using Microsoft.CodeAnalysis;

namespace Faultline.AbiGenerator.Parsing;

/// <summary>Turns problems into diagnostics, and keeps two models from claiming the same place.</summary>
internal static class ProblemReport
{
    private static readonly Dictionary<string, DiagnosticDescriptor> ById = new[]
    {
        DiagnosticDescriptors.UnreadableModel, DiagnosticDescriptors.MalformedModel, DiagnosticDescriptors.WrongSchema, DiagnosticDescriptors.BadNamespace,
    }.ToDictionary(descriptor => descriptor.Id, StringComparer.Ordinal);

    public static void OfOne(SourceProductionContext output, ParsedModel model)
    {
        if (model.Problem is { } problem)
            output.ReportDiagnostic(problem.ToDiagnostic(ById[problem.Id]));
        foreach (var item in model.Spec?.Unresolved ?? default)
            output.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.UnresolvedItem, Location.None, item.Name, item.At, item.Reason));
    }

    public static void OfAll(SourceProductionContext output, ImmutableArray<ParsedModel> models)
    {
        foreach (var rivals in models.Where(model => model.Spec is not null).GroupBy(Claim).Where(group => group.Count() > 1))
        {
            var first = rivals.First();
            foreach (var rival in rivals.Skip(1))
            {
                var arguments = EquatableArray.Of(
                    System.IO.Path.GetFileName(rival.Path), rival.Spec!.Header, rival.Namespace, System.IO.Path.GetFileName(first.Path));
                output.ReportDiagnostic(
                    new Problem(DiagnosticDescriptors.DuplicateModel.Id, rival.Path, 0, 0, arguments).ToDiagnostic(DiagnosticDescriptors.DuplicateModel));
            }
        }
    }

    /// <summary>The models to emit: each readable one, the first of those that claim one place.</summary>
    public static IEnumerable<ParsedModel> WithoutDuplicates(ImmutableArray<ParsedModel> models) =>
        models.Where(model => model.Spec is not null).GroupBy(Claim).Select(group => group.First());

    private static (string Namespace, string Header) Claim(ParsedModel model) =>
        (model.Namespace, System.IO.Path.GetFileNameWithoutExtension(model.Spec!.Header).ToLowerInvariant());
}
