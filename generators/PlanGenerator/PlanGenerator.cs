using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Faultline.PlanGenerator;

/// <summary>Lists the suite's hand-written tests, so that the suite searches for none while it runs.</summary>
/// <remarks>The tests of ABI models list themselves: generators do not see what others have written.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class PlanGenerator : IIncrementalGenerator
{
    /// <summary>Name of the step that writes the list.</summary>
    internal const string Plan = nameof(Plan);

    private static readonly string[] Attributes =
        ["Faultline.AbiTests.Expectations.ScenarioAttribute", "Xunit.FactAttribute", "Xunit.TheoryAttribute"];

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var methods = Attributes
            .Select(attribute => context.SyntaxProvider.ForAttributeWithMetadataName(
                attribute, (node, _) => node is MethodDeclarationSyntax, (match, _) => TestMethod.Of(match)).Collect())
            .Aggregate((some, more) => some.Combine(more).Select((pair, _) => pair.Left.AddRange(pair.Right)));
        context.RegisterSourceOutput(methods, (output, all) =>
        {
            foreach (var method in all.Where(method => method.Problem is not null))
                output.ReportDiagnostic(method.ToDiagnostic());
        });

        var plan = methods.Select((all, _) => PlanWriter.Write(all.Where(method => method.Problem is null))).WithTrackingName(Plan);
        context.RegisterSourceOutput(
            plan, (output, text) => output.AddSource("ScenarioPlan.g.cs", SourceText.From(text, Encoding.UTF8)));
    }
}
