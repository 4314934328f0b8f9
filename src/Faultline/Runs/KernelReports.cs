using System.Collections.Immutable;
using Faultline.AbiDiff;
using Faultline.Harness;
using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>Turns what happened to a kernel into its part of the report.</summary>
internal static class KernelReports
{
    /// <param name="outcome">What happened.</param>
    /// <param name="control">The control, whose ABI the kernel's is compared with; null when it is not part of the run.</param>
    public static KernelReport Of(KernelOutcome outcome, KernelOutcome? control)
    {
        var (planned, prepared) = (outcome.Planned, outcome.Prepared);
        var variant = planned.Variant;
        var id = planned.Request?.Id;
        var report = new KernelReport
        {
            Name = planned.Name,
            Id = planned.Id,
            Variant = variant.Name,
            Architecture = id?.Architecture.Name,
            Flavour = id is { Flavour: { IsPlain: false } flavour } ? flavour.Name : null,
            Title = variant.Title,
            Role = variant.Role,
            Release = planned.Prebuilt?.Release ?? prepared.Kernel?.Release,
            Feature = variant.Feature,
            FeatureBit = variant.FeatureBit,
            Verdict = VerdictKind.Infrastructure,
            Phases = [.. prepared.Phases.Select(PhaseSummary.Of)],
            Controls = [.. outcome.Controls.Select(Control)],
            Abi = control?.Prepared.Abi is { } before && prepared.Abi is { } after && control != outcome
                ? [.. AbiDiffer.Compare(before.Model, after.Model).Select(change => change.ToString())]
                : [],
        };
        if (variant.ToReview is { Count: > 0 } unconfirmed)
            report = report with { Notes = [Review(variant, unconfirmed)] };
        if (outcome.Failure is { } failure)
            return report.With(NotTested(failure));
        var suite = outcome.Own!.Run!;
        report = report.With(suite);
        if (variant is { IsObserved: true, Control: { } looked } && suite.Verdict.Kind == VerdictKind.Failed)
            report = report with { Notes = report.Notes.Add($"nothing was promised: each failure is a difference from {looked}.") };
        var verdict = KernelRules.WithModel(suite.Verdict, prepared.Abi?.Stale);
        // Only the built-in suite asks the kernel for its own answers.
        if (prepared is not { Kernel: { } kernel, Abi: { } abi, Programs.Builtin: true }
            || !KernelRules.MayCompareSources(verdict, answered: !suite.Record.Live.IsEmpty))
            return report.With(verdict);
        var rows = ThreeWayCheck.Rows(kernel, abi.Model, suite.Record.Live);
        ImmutableArray<string> contradictions = [.. rows.Where(row => !row.Agrees).Select(row => row.ToString())];
        return report.With(KernelRules.WithSources(verdict, contradictions, rows.Count)) with
        {
            ThreeWay = [.. rows.Select(row => new ThreeWayRow(row.Group, row.Item, row.Header, row.Code, row.Live, row.Agrees))],
        };
    }

    /// <summary>What the report keeps a copy of: the logs of the suites, and under each phase's name that of its last real run.</summary>
    public static IEnumerable<RunLogs> LogsOf(KernelOutcome outcome) =>
    [
        .. outcome.Controls.Select(control => control.Run?.Logs).OfType<RunLogs>(),
        .. outcome.Own?.Run is { } own ? [own.Logs] : Array.Empty<RunLogs>(),
        .. outcome.Prepared.Phases.Where(phase => phase.LogPath is not null).DistinctBy(phase => phase.Phase)
            .Select(phase => new RunLogs(
                outcome.Planned.Name,
                ImmutableDictionary<string, string>.Empty.Add(phase.Phase.ToString().ToLowerInvariant(), phase.LogPath!))),
    ];

    private static ControlReport Control(CellResult control)
    {
        if (control.Run is { } run)
            return SuiteReports.Control(run);
        var verdict = NotTested(control.Failure!);
        return new ControlReport { Variant = control.Cell.Asked.Name, Verdict = verdict.Kind, Summary = verdict.Summary,
            Unexpected = verdict.Reasons };
    }

    private static string Review(Variant variant, IReadOnlyList<string> rows)
    {
        const int named = 6;
        var names = string.Join(", ", rows.Take(named)) + (rows.Count > named ? $" and {rows.Count - named} more" : "");
        return $"{rows.Count} {(rows.Count == 1 ? "expectation is" : "expectations are")} to be reviewed: {names}. They were taken from a "
            + $"run; where one is right, remove its line '{VariantFile.ReviewKey} = true' (in "
            + $"{Path.Combine(variant.Folder, "variant.toml")}, or where it inherits from).";
    }

    /// <summary>The verdict on a kernel that could not be tested.</summary>
    public static Verdict NotTested(Exception failure) =>
        KernelRules.NotTested((failure as FaultlineException)?.Kind, Failures.Describe(failure)!.Message, failure.Message);
}
