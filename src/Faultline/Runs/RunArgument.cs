using System.Collections.Immutable;
using Faultline.Harness;
using Faultline.Harness.Argument;
using Faultline.Harness.Bench;
using Faultline.Harness.Guest;
using Faultline.Harness.Report;

namespace Faultline.Cli.Runs;

/// <summary>Holds what was said about the variants against what a run observed and the last benchmark measured.</summary>
internal static class RunArgument
{
    /// <returns>What was said; null where nothing was.</returns>
    /// <exception cref="Harness.Sources.VariantFileException">The file is broken.</exception>
    public static ArgumentText? Read(Checkout checkout) =>
        File.Exists(checkout.Argument) ? ArgumentFile.Parse(checkout.Argument, File.ReadAllText(checkout.Argument)) : null;

    /// <summary>Looks for figures on another thread: there can be megabytes of them, and a run has other things to do first.</summary>
    /// <returns>The latest figures of the feature, of this checkout or else the committed ones, and their file; null for none.</returns>
    public static Task<(string Path, BenchReport Report)?> FindFiguresAsync(Checkout checkout) =>
        Task.Run(() => FigureFile.Newest(checkout.Benchmarks) ?? FigureFile.Read(checkout.CommittedFigures));

    /// <returns>The report with the argument; unchanged where there is none, or the run observed none of its rows.</returns>
    public static RunReport AddTo(
        RunReport report, ArgumentText? said, IReadOnlyList<KernelOutcome> outcomes, (string Path, BenchReport Report)? bench)
    {
        var facts = new Facts(ObservedRows.Of(report), bench?.Report.Feature);
        var kernels = report.Kernels.Select(kernel => kernel.Name).ToList();
        if (said?.Judge(facts, kernels) is not { } argument || !argument.Rows.Any(row => row.Met is not null))
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
            IsEmulated = bench.Machine.Accelerator?.StartsWith(AcceleratorKind.Tcg.Name(), StringComparison.Ordinal) == true,
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
