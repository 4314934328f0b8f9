using System.Collections.Immutable;
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
            Controls = [.. outcome.Controls.Select(Control)],
            Abi = control?.Abi is { } before && outcome.Abi is { } after && control != outcome
                ? [.. AbiDiffer.Compare(before.Model, after.Model).Select(change => change.ToString())]
                : [],
        };
        if (outcome.Failure is { } failure)
            return NotTested(report, failure);
        report = outcome.Own!.AddTo(report);
        if (report.Verdict == VerdictKind.Pass.Name() && outcome.Abi?.Stale is { } stale)
            report = report with { Verdict = VerdictKind.AbiDrift.Name(), Summary = $"{report.Summary}, but the committed ABI model is stale", Reasons = [stale] };
        return outcome is { Kernel: { } kernel, Abi: { } abi } ? ThreeWayCheck.AddTo(report, kernel, abi.Model, outcome.Own.Record) : report;
    }

    /// <summary>What the report keeps a copy of: the logs of the suites, and under each phase's name that of its last real run.</summary>
    public static IEnumerable<RunLogs> LogsOf(KernelOutcome outcome) =>
    [
        .. outcome.Controls.Select(control => control.Run?.Logs).OfType<RunLogs>(),
        .. outcome.Own is { } own ? [own.Logs] : Array.Empty<RunLogs>(),
        .. outcome.Phases.Where(phase => phase.LogPath is not null).DistinctBy(phase => phase.Phase)
            .Select(phase => new RunLogs(
                outcome.Variant.Name, ImmutableDictionary<string, string>.Empty.Add(phase.Phase.ToString().ToLowerInvariant(), phase.LogPath!))),
    ];

    private static ControlReport Control(ControlOutcome control)
    {
        if (control.Run is { } run)
            return run.ToControl();
        var (summary, reasons) = Told(control.Failure!);
        return new ControlReport { Variant = control.Variant.Name, Verdict = VerdictKind.Infrastructure.Name(), Summary = summary, Unexpected = reasons };
    }

    private static KernelReport NotTested(KernelReport report, Exception failure)
    {
        var (summary, reasons) = Told(failure);
        return report with { Verdict = (Failures.KindOf(failure) ?? VerdictKind.Infrastructure).Name(), Summary = summary, Reasons = reasons, Excerpt = failure.Message };
    }

    private static (string Summary, ImmutableArray<string> Reasons) Told(Exception failure)
    {
        var lines = Failures.Describe(failure)!.Message.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        return (lines[0], [.. lines.Skip(1)]);
    }
}
