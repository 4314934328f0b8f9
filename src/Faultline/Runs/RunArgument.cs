using System.Collections.Immutable;
using Faultline.Harness;
using Faultline.Harness.Argument;
using Faultline.Harness.Bench;
using Faultline.Harness.Report;

namespace Faultline.Cli.Runs;

/// <summary>Holds what was said about the variants against what a run observed and the last benchmark measured.</summary>
internal static class RunArgument
{
    /// <returns>The report with the argument; unchanged where there is none, or the run observed none of its rows.</returns>
    /// <exception cref="Harness.Sources.VariantFileException">The file of the argument is broken.</exception>
    public static RunReport AddTo(RunReport report, IReadOnlyList<KernelOutcome> outcomes, Checkout checkout)
    {
        if (!File.Exists(checkout.Argument))
            return report;
        var bench = FigureFile.Newest(checkout.Benchmarks);
        var facts = new Facts(ObservedRows.Of(report), bench?.Report.Feature);
        var argument = ArgumentFile.Parse(checkout.Argument, File.ReadAllText(checkout.Argument)).Judge(facts);
        if (!argument.Rows.Any(row => row.Met is not null))
            return report;
        return report with
        {
            Figures = facts.Figures,
            Argument = argument with { Figures = bench is { } found ? Source(found.Path, found.Report, outcomes) : null },
        };
    }

    private static FigureSource Source(string file, BenchReport bench, IReadOnlyList<KernelOutcome> outcomes) =>
        new(Path.GetFileName(file), bench.Started, bench.Command, bench.Machine.ToString())
        {
            OtherBuilds =
            [
                .. from kernel in bench.Feature!.Kernels where IsOther(kernel.Where, kernel.Image, outcomes) select kernel.Where,
            ],
        };

    private static bool IsOther(string kernel, string? measured, IReadOnlyList<KernelOutcome> outcomes) =>
        measured is not null
        && outcomes.FirstOrDefault(outcome => outcome.Planned.Name == kernel)?.Prepared.Kernel is { } built
        && MeasureSubject.ImageHash(built.BzImage) != measured;
}
