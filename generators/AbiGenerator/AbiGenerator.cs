using System.Text;
using Faultline.AbiGenerator.Emit;
using Faultline.AbiGenerator.Emit.Tests;
using Faultline.AbiGenerator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Faultline.AbiGenerator;

/// <summary>Turns ABI models into C#: structs, enums, constants, ioctl requests and, where asked, their conformance tests.</summary>
/// <remarks>Stages: <c>Parsing/</c> reads the models and speaks C, <c>Emit/</c> writes C#. Nothing here reads a file or calls native code.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class AbiGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var inputs = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Select((pair, cancellation) => ModelInput.From(pair.Left, pair.Right, cancellation))
            .Where(input => input is not null)
            .Select((input, _) => input!)
            .WithTrackingName(TrackingNames.ModelInputs);
        var parsed = inputs.Select((input, _) => ParsedModel.From(input)).WithTrackingName(TrackingNames.ParsedModels);
        context.RegisterSourceOutput(parsed, ProblemReport.OfOne);
        context.RegisterSourceOutput(parsed.Collect(), ProblemReport.OfAll);

        var emittable = parsed.Collect()
            .SelectMany((models, _) => ProblemReport.WithoutDuplicates(models))
            .Select((model, _) => EmittableModel.From(model))
            .WithTrackingName(TrackingNames.EmittableModels);
        context.RegisterSourceOutput(emittable, Emit);

        var namespaces = emittable.Select((model, _) => model.Namespace).Collect()
            .SelectMany((names, _) => names.Distinct(StringComparer.Ordinal))
            .WithTrackingName(TrackingNames.Namespaces);
        context.RegisterSourceOutput(namespaces, (output, name) => Add(output, $"{name}.AbiSupport", SupportEmitter.Emit(name)));
    }

    private static void Emit(SourceProductionContext output, EmittableModel model)
    {
        var names = NamePlan.For(model.Spec);
        foreach (var collision in names.Collisions.Concat(StructEmitter.Plans(model, names).SelectMany(plan => plan.Collisions)))
            output.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.NameCollision, Location.None, [.. collision]));

        foreach (var record in model.Spec.Structs.Where(record => record.Size > StructPlan.LargestSize))
            output.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.UnresolvedItem, Location.None, record.Id, model.Spec.Header, $"{record.Size} bytes are more than a C# struct can have"));

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
