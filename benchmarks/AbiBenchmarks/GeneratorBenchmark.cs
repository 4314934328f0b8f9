using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Faultline.AbiBenchmarks;

/// <summary>The generator inside a warm compiler, on the model of userfaultfd.h.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmark
{
    private CSharpCompilation _compilation = null!;
    private CSharpCompilation _edited = null!;
    private ModelText _model = null!;
    private ModelText _editedModel = null!;
    private GeneratorDriver _warm = null!;

    public static int Run()
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(10))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .WithOptions(ConfigOptions.DisableLogFile)
            .WithArtifactsPath(Path.Combine(Repository.Root, "artifacts", "benchmarks"));
        var summary = BenchmarkRunner.Run<GeneratorBenchmark>(config);
        return summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success) ? 1 : 0;
    }

    [GlobalSetup]
    public void Setup()
    {
        var model = File.ReadAllText(Path.Combine(Repository.Root, "linux-patch", "upstream", "userfaultfd.abi.json"));
        _model = new("userfaultfd.abi.json", model);
        _editedModel = new("userfaultfd.abi.json", model.Replace("\"UFFD_FEATURE_SIGBUS\"", "\"UFFD_FEATURE_SIGNAL\"", StringComparison.Ordinal));
        _compilation = CSharpCompilation.Create("Sample", [CSharpSyntaxTree.ParseText("class A;")]);
        _edited = _compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class B;"));
        _warm = Driver().RunGenerators(_compilation);
    }

    /// <summary>Nothing is known: the model is parsed and everything is emitted.</summary>
    [Benchmark(Description = "cold: parse the model, emit everything")]
    public GeneratorDriver Cold() => Driver().RunGenerators(_compilation);

    /// <summary>Every key stroke of a user: the compilation is another, the model is the same.</summary>
    [Benchmark(Description = "cached: other code edited")]
    public GeneratorDriver Cached() => _warm.RunGenerators(_edited);

    [Benchmark(Description = "model edited")]
    public GeneratorDriver Edited() => _warm.ReplaceAdditionalText(_model, _editedModel).RunGenerators(_compilation);

    private CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new AbiGenerator.AbiGenerator().AsSourceGenerator()], [_model], optionsProvider: new ModelOptions("Sample.Abi"));
}
