using Faultline.AbiDiff;
using Faultline.Harness.Report;
using Faultline.Harness.Results;

namespace Faultline.Cli.Pipeline;

/// <summary>Turns what happened to a kernel into its part of the report.</summary>
internal static class KernelReports
{
    /// <param name="outcome">What happened.</param>
    /// <param name="control">The control, whose ABI the kernel's is compared with; null when it is no part of the run.</param>
    public static KernelReport Of(KernelOutcome outcome, KernelOutcome? control)
    {
        var variant = outcome.Variant;
        var report = new KernelReport
        {
            Name = variant.Name,
            Title = variant.Title,
            Role = variant.Role.ToString().ToLowerInvariant(),
            Release = outcome.Kernel?.Release,
            Feature = variant.Feature,
            FeatureBit = variant.FeatureBit,
            Verdict = VerdictKind.Infrastructure.Name(),
            Phases = [.. outcome.Phases.Select(PhaseReport.Of)],
            Controls = [.. outcome.Controls.Select(run => run.ToControl())],
            Abi = control?.Abi is { } before && outcome.Abi is { } after && control != outcome
                ? [.. AbiDiffer.Compare(before.Model, after.Model).Select(change => change.ToString())]
                : [],
        };
        if (outcome.Failure is { } failure)
            return NotBuilt(report, failure);
        report = outcome.Own!.AddTo(report);
        return report.Verdict == VerdictKind.Pass.Name() && outcome.Abi?.Stale is { } stale
            ? report with { Verdict = VerdictKind.AbiDrift.Name(), Summary = $"{report.Summary}, but the committed ABI model is stale", Reasons = [stale] }
            : report;
    }

    public static IEnumerable<RunLogs> LogsOf(KernelOutcome outcome) =>
        outcome.Controls.Select(run => run.Logs).Concat(outcome.Own is { } own ? [own.Logs] : []);

    private static KernelReport NotBuilt(KernelReport report, Exception failure)
    {
        var lines = failure.Message.Split('\n');
        return report with
        {
            Verdict = Failures.KindOf(failure)!.Value.Name(),
            Summary = lines[0],
            Reasons = [.. lines.Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0)],
            Excerpt = failure.Message,
        };
    }
}
