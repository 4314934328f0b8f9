using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>Runs the suite on every wrong version of variants: a kernel each variant, a guest each wrong version.</summary>
/// <param name="selection">How kernels are built.</param>
/// <param name="wanted">The variants with those of their wrong versions that are to run.</param>
internal sealed class MutantRun(
    Selection selection, IReadOnlyList<(Variant Variant, MutantSeries Series, IReadOnlyList<Mutant> Mutants)> wanted, RunOptions options,
    IProgress<HarnessEvent> progress, CancellationToken cancellation)
{
    public async Task<IReadOnlyList<VariantMutants>> RunAsync()
    {
        using var engine = new LazyEngine();
        var kernels = wanted.Select(one => (Kernel: PlannedKernel.WithMutants(one.Variant, one.Series, selection), one.Mutants)).ToList();
        var cells = kernels.SelectMany(one => one.Mutants.Select(mutant => Cell.Wrong(one.Kernel, mutant)).Prepend(Cell.Own(one.Kernel)));
        var plan = new RunPlan([.. kernels.Select(one => one.Kernel)], [.. cells]);
        await using var runner = new Runner(plan, options, selection.Checkout, engine, progress, cancellation);
        var results = await runner.RunCellsAsync();

        var done = new List<VariantMutants>();
        foreach (var (kernel, mutants) in kernels)
        {
            var here = results.FindAll(result => result.Cell.On == kernel);
            done.Add(new VariantMutants(
                kernel.Variant, await runner.PreparedAsync(kernel), here.Find(result => result.Cell.Expectation.Mutant is null),
                [.. mutants.Select(mutant => ResultOf(mutant, here))]));
        }

        return done;
    }

    private static MutantResult ResultOf(Mutant mutant, List<CellResult> results)
    {
        var result = results.Find(result => result.Cell.Expectation.Mutant == mutant.Name);
        return new MutantResult(mutant, result?.Run, result?.Failure);
    }
}
