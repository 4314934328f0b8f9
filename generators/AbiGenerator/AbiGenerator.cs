using System.Collections.Immutable;
using System.Text;
using Faultline.AbiEmit;
using Faultline.AbiEmit.CSharp;
using Faultline.AbiEmit.CSharp.Tests;
using Faultline.AbiGenerator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Faultline.AbiGenerator;

/// <summary>Turns ABI models into C#: structs, enums, constants, ioctl requests and, where asked, their conformance tests.</summary>
/// <remarks>
/// Stages: <c>Parsing/</c> reads the models and speaks C, <c>AbiEmit/CSharp</c> plans each namespace as one compilation and writes C#.
/// Nothing here reads a file or calls native code.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class AbiGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider);
        var parsed = files
            .Select((pair, cancellation) => ModelInput.From(pair.Left, pair.Right, cancellation))
            .Where(input => input is not null)
            .Select((input, _) => input!)
            .WithTrackingName(TrackingNames.ModelInputs)
            .Select((input, _) => ParsedModel.From(input))
            .WithTrackingName(TrackingNames.ParsedModels);
        var documentation = context.AnalyzerConfigOptionsProvider.Select((options, _) =>
            options.GlobalOptions.TryGetValue("build_property.FaultlineDocumentation", out var place) ? place.Trim() : "");
        context.RegisterSourceOutput(parsed.Combine(documentation), (output, pair) => Report(output, pair.Left, pair.Right));

        var lists = ListsOf(files, "FaultlineNames").Combine(ListsOf(files, "FaultlineOnly"))
            .Select((pair, _) => ProjectLists.From(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.ProjectLists);
        var planned = parsed.Collect().Combine(lists).Select((pair, _) => PlannedNamespaces.From(pair.Left, pair.Right));
        context.RegisterSourceOutput(lists.Combine(planned.Select((all, _) => all.Problems)).Combine(documentation), (output, all) =>
        {
            var ((list, problems), place) = all;
            foreach (var problem in list.Problem is { } malformed ? problems.Prepend(malformed) : problems)
                output.ReportDiagnostic(problem.ToDiagnostic(place));
        });

        var emissions = planned.SelectMany((all, _) => all.Emissions).WithTrackingName(TrackingNames.EmittableModels);
        context.RegisterSourceOutput(emissions.Combine(documentation), (output, pair) => Emit(output, pair.Left, pair.Right));
        // Apart from the code, which a line that moved in the map leaves as it was.
        context.RegisterSourceOutput(emissions.Select((emission, _) => ModelClashes.Of(emission)).Combine(lists).Combine(documentation),
            (output, all) =>
            {
                var ((clashes, map), place) = all;
                foreach (var problem in clashes.Problems(map))
                    output.ReportDiagnostic(problem.ToDiagnostic(place));
            });
        context.RegisterSourceOutput(
            planned.Select((all, _) => all.Emissions),
            (output, all) => Add(output, "Faultline.GeneratedPlans", TestPlanEmitter.Emit(all.Select(emission => emission.Model))));

        var supports = planned.SelectMany((all, _) => all.Supports).WithTrackingName(TrackingNames.Namespaces);
        context.RegisterSourceOutput(
            supports, (output, support) => Add(output, $"{support.Namespace}.AbiSupport", SupportEmitter.Emit(support)));
    }

    private static IncrementalValueProvider<ImmutableArray<ListInput>> ListsOf(
        IncrementalValuesProvider<(AdditionalText, AnalyzerConfigOptionsProvider)> files, string metadata) => files
        .Select((pair, cancellation) => ListInput.From(pair.Item1, pair.Item2, metadata, cancellation))
        .Where(file => file is not null)
        .Select((file, _) => file!)
        .Collect();

    private static void Report(SourceProductionContext output, ParsedModel model, string documentation)
    {
        if (model.Problem is { } problem)
            output.ReportDiagnostic(problem.ToDiagnostic(documentation));
        foreach (var item in (model.Spec?.Unresolved ?? default).Where(item => !RequestFormula.IsRequest(item)))
            output.ReportDiagnostic(model.ProblemAt(DiagnosticDescriptors.UnresolvedItem, item.At, item.Name, item.At,
                item.Reason).ToDiagnostic(documentation));
    }

    private static void Emit(SourceProductionContext output, Emission emission, string documentation)
    {
        var model = emission.Model;
        var names = NamePlan.For(model);
        foreach (var record in model.Spec.Structs.Where(record => record.Size > StructPlan.LargestSize))
        {
            output.ReportDiagnostic(Diagnostic.Create(
                HelpLinks.At(DiagnosticDescriptors.UnresolvedItem, documentation), Location.None, record.Id,
                    model.Spec.Header, $"{record.Size} bytes are more than a C# struct can have"));
        }

        var prefix = $"{model.Namespace}.{names.HeaderClass}";
        Add(output, $"{prefix}.Structs", StructEmitter.Emit(model, names));
        Add(output, $"{prefix}.Enums", EnumEmitter.Emit(model, names));
        Add(output, $"{prefix}.Constants", ConstantEmitter.Emit(model, names));
        Add(output, $"{prefix}.Ioctls", IoctlEmitter.Emit(model, names));
        if (!model.EmitTests)
            return;
        Add(output, $"{prefix}.LayoutTests", LayoutTestEmitter.Emit(model, names));
        Add(output, $"{prefix}.IoctlTests", IoctlTestEmitter.Emit(model, names));
        Add(output, $"{prefix}.FeatureTests", FeatureTestEmitter.Emit(model, names));
        Add(output, $"{prefix}.MisuseTests", MisuseTestEmitter.Emit(model, names));
    }

    /// <summary>Adds a file unless the emitter had nothing to say.</summary>
    private static void Add(SourceProductionContext output, string name, string? text)
    {
        if (text is not null)
            output.AddSource($"{name}.g.cs", SourceText.From(text, Encoding.UTF8));
    }
}
