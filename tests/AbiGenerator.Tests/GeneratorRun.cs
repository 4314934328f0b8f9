using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Faultline.AbiGenerator.Tests;

/// <summary>A model file as a project would hand it to the compiler. A null text is a file that cannot be read.</summary>
internal sealed record ModelFile(string Text, string Namespace = "Sample.Abi", bool EmitTests = false, string Path = "sample.abi.json",
    bool IsModel = true)
{
    /// <summary>Further metadata of the item, without the beginning that all have: <c>Visibility</c>.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();

    /// <summary>The project's name map.</summary>
    public static ModelFile Names(string text) =>
        new(text, Path: "Faultline.names.json", IsModel: false) { More = new Dictionary<string, string> { ["Names"] = "true" } };

    /// <summary>The project's list of wanted names.</summary>
    public static ModelFile Only(string text) =>
        new(text, Path: "Faultline.only.txt", IsModel: false) { More = new Dictionary<string, string> { ["Only"] = "true" } };
}

/// <summary>
/// One run of the generator, always made twice: what did not change must come from the cache, and no step may hold
/// compiler objects.
/// </summary>
internal sealed class GeneratorRun
{
    private static readonly string[] ModelSteps =
    [
        TrackingNames.ModelInputs, TrackingNames.ParsedModels, TrackingNames.ProjectLists, TrackingNames.EmittableModels,
            TrackingNames.Namespaces,
    ];

    public required GeneratorDriver Driver { get; init; }

    public required CSharpCompilation Compilation { get; init; }

    public required GeneratorDriverRunResult Result { get; init; }

    public IReadOnlyList<Diagnostic> Diagnostics => Result.Diagnostics;

    /// <summary>Generated files by name.</summary>
    public IReadOnlyDictionary<string, string> Files =>
        Result.Results.Single().GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    /// <summary>The compilation with what was generated.</summary>
    public CSharpCompilation Output => Compilation.AddSyntaxTrees(Result.GeneratedTrees);

    public static GeneratorRun Of(params ModelFile[] models) => Of([], models);

    public static GeneratorRun Of(IReadOnlyList<string> sources, params ModelFile[] models) => Of(sources, overflowChecks: false, models);

    /// <param name="overflowChecks">Compile as with <c>CheckForOverflowUnderflow</c>.</param>
    public static GeneratorRun Of(IReadOnlyList<string> sources, bool overflowChecks, params ModelFile[] models)
    {
        var compilation = CSharpCompilation.Create("Sample",
            sources.Select(source => CSharpSyntaxTree.ParseText(source)),
            References(),
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true,
                warningLevel: 9999, checkOverflow: overflowChecks));
        var options = new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new AbiGenerator().AsSourceGenerator()],
            [.. models.Select(model => new TextFile(model))], (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options,
                new Options(models), options);
        driver = driver.RunGenerators(compilation);
        var first = driver.GetRunResult();
        driver = driver.RunGenerators(compilation.Clone());
        var second = driver.GetRunResult();
        AssertAllCached(second);
        AssertHoldsNoCompilerObjects(first);
        return new() { Driver = driver, Compilation = compilation, Result = first };
    }

    /// <summary>One run and nothing else: no compilation of what was generated, no second run.</summary>
    public static GeneratorDriverRunResult Alone(ModelFile model) => CSharpGeneratorDriver
        .Create([new AbiGenerator().AsSourceGenerator()], [new TextFile(model)], null, new Options([model]))
        .RunGenerators(CSharpCompilation.Create("Sample")).GetRunResult();

    /// <summary>Runs again with one model replaced.</summary>
    public GeneratorDriverRunResult Again(params ModelFile[] models) => Driver
        .ReplaceAdditionalTexts([.. models.Select(model => (AdditionalText)new TextFile(model))])
        .WithUpdatedAnalyzerConfigOptions(new Options(models))
        .RunGenerators(Compilation).GetRunResult();

    /// <summary>Loads what was compiled and gives its types by name.</summary>
    public Assembly Load()
    {
        using var stream = new MemoryStream();
        var result = Output.Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(20)));
        return Assembly.Load(stream.ToArray());
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is var name
            && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("xunit.", StringComparison.Ordinal)
            || name is "netstandard.dll" or "mscorlib.dll"))
        .Select(path => MetadataReference.CreateFromFile(path));

    private static void AssertAllCached(GeneratorDriverRunResult second)
    {
        var result = second.Results.Single();
        var reasons = ModelSteps.Where(result.TrackedSteps.ContainsKey).SelectMany(name => result.TrackedSteps[name])
            .Concat(result.TrackedOutputSteps.SelectMany(step => step.Value))
            .SelectMany(step => step.Outputs.Select(output => (step.Name, output.Reason))).ToList();
        Assert.All(reasons, item => Assert.True(
            item.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{item.Name} is {item.Reason}, not cached"));
    }

    private static void AssertHoldsNoCompilerObjects(GeneratorDriverRunResult first)
    {
        var result = first.Results.Single();
        foreach (var step in ModelSteps.Where(result.TrackedSteps.ContainsKey).SelectMany(name => result.TrackedSteps[name]))
        {
            foreach (var (value, _) in step.Outputs)
                Walk(value, new(ReferenceEqualityComparer.Instance), step.Name!);
        }
    }

    private static void Walk(object? value, HashSet<object> seen, string step)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
            return;
        Assert.False(
            value is Microsoft.CodeAnalysis.Compilation or ISymbol or SyntaxNode or SyntaxTree or SemanticModel or Location or AdditionalText or SourceText,
            $"step {step} holds a {value.GetType().Name}, which keeps a whole compilation alive and never compares equal");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
                Walk(item, seen, step);
        }
        if (value.GetType().Namespace?.StartsWith("System", StringComparison.Ordinal) == true)
            return;
        foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            Walk(field.GetValue(value), seen, step);
    }

    private sealed class TextFile(ModelFile model) : AdditionalText
    {
        private readonly SourceText? _text = model.Text is null ? null : SourceText.From(model.Text);

        public override string Path { get; } = model.Path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class Options(IEnumerable<ModelFile> models) : AnalyzerConfigOptionsProvider
    {
        private readonly Dictionary<string, ModelFile> _models = models.ToDictionary(model => model.Path);

        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(
            ImmutableDictionary<string, string>.Empty.Add("build_property.FaultlineDocumentation", "file:///packages/a%20b"));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile)
        {
            var model = _models[textFile.Path];
            return new Values(new Dictionary<string, string>
            {
                ["build_metadata.AdditionalFiles.FaultlineAbi"] = model.IsModel ? "true" : "",
                ["build_metadata.AdditionalFiles.FaultlineNamespace"] = model.Namespace,
                ["build_metadata.AdditionalFiles.FaultlineEmitTests"] = model.EmitTests ? "true" : "",
            }.Concat(model.More.Select(item =>
                KeyValuePair.Create("build_metadata.AdditionalFiles.Faultline" + item.Key, item.Value))).ToImmutableDictionary());
        }
    }

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
            values.TryGetValue(key, out value);
    }
}
