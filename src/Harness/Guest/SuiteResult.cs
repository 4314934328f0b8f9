using System.Collections.Immutable;
using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>A suite's run with its judgement.</summary>
/// <param name="Verdict">For a control: of the control.</param>
/// <param name="Control">Null unless promises must fail.</param>
/// <param name="Phases">Boot and test.</param>
/// <param name="Logs">For the report.</param>
internal sealed record SuiteResult(
    SuiteRequest Request, RunRecord Record, Verdict Verdict, ControlVerdict? Control, Accelerator Accelerator,
    ImmutableArray<PhaseSummary> Phases, RunLogs Logs, bool Cached)
{
    /// <summary>Null unless a wrong version ran.</summary>
    public MutantVerdict? Mutant { get; init; }

    /// <summary>Seconds from power-on to the first test; null when none started.</summary>
    public double? FirstTestSeconds { get; init; }

    /// <summary>The guests that ran it, in order; empty on this machine's own kernel.</summary>
    public ImmutableArray<GuestSummary> Guests { get; init; } = [];

    /// <summary>What a reader should know of the run although it decides nothing.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>How busy the machine was; null when nobody looked.</summary>
    public HostLoad? Host { get; init; }
}
