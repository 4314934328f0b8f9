using System.Collections.Immutable;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;
using Faultline.Harness.Results;

namespace Faultline.Cli.Pipeline;

/// <summary>Turns what happened to a kernel into its part of the report.</summary>
internal static class KernelReports
{
    public static KernelReport Of(KernelOutcome outcome)
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
            Controls = [.. outcome.Controls.Select(control => control.ToControl())],
        };
        if (outcome.Failure is { } failure)
            return NotBuilt(report, failure);
        report = outcome.Own!.AddTo(report);
        return report.Verdict == VerdictKind.Pass.Name() && outcome.Abi?.Stale is { } stale
            ? report with { Verdict = VerdictKind.AbiDrift.Name(), Summary = $"{report.Summary}, but the committed ABI model is stale", Reasons = [stale] }
            : report;
    }

    public static IEnumerable<RunLogs> LogsOf(KernelOutcome outcome) =>
        outcome.Controls.Select(control => control.Logs).Concat(outcome.Own is { } own ? [own.Logs] : []);

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
