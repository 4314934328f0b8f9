using Faultline.Harness.Judging;
using Faultline.Harness.Report;
using Faultline.Harness.Results;

namespace Faultline.Cli.Runs;

/// <summary>What of a run has to run again, because it failed.</summary>
/// <param name="Variants">Whose kernels, by their variants.</param>
/// <param name="Filters">Queries for the tests that failed; empty for all that the run asked, as where a kernel was never tested.</param>
/// <param name="NeedsControl">A variant's suite on the control did not show what it has to.</param>
internal sealed record Rerun(IReadOnlyList<string> Variants, IReadOnlyList<string> Filters, bool NeedsControl)
{
    /// <summary>null where nothing failed.</summary>
    public static Rerun? Of(RunReport report)
    {
        List<KernelReport> failed = [.. report.Kernels.Where(kernel => kernel.Verdict != VerdictKind.Pass)];
        List<string> controls =
        [
            .. report.Kernels.SelectMany(kernel => kernel.Controls).Where(control => control.Verdict != VerdictKind.Pass)
                .Select(control => control.Variant),
        ];
        if (failed.Count + controls.Count == 0)
            return null;
        var tests = failed.Select(kernel => kernel.Results.Where(test => test.Outcome.SpeaksAgainst()).ToList()).ToList();
        // What kept one kernel from passing may be no test at all: a crash, a stale model, a build. Then everything runs.
        var all = controls.Count > 0 || tests.Exists(of => of.Count == 0);
        return new Rerun(
            [.. failed.Select(kernel => kernel.Variant ?? kernel.Name).Concat(controls).Distinct(StringComparer.Ordinal)],
            all ? [] : [.. tests.SelectMany(of => of).Select(Query).Distinct(StringComparer.Ordinal)],
            controls.Count > 0);
    }

    private static string Query(TestReport test) => test.Scenario is { } scenario ? $"row={scenario}" : $"id={test.Id}";
}
