namespace Faultline.Harness.Progress;

/// <summary>A finished phase as results keep it.</summary>
/// <param name="Name">The phase in lower case: <c>build</c>, <c>boot</c>.</param>
/// <param name="Seconds">Wall clock, to the millisecond; 0 for a phase that had nothing to do.</param>
/// <param name="Cached">The result of an earlier run stands.</param>
/// <param name="Reason">Why it ran or why it was cached.</param>
internal sealed record PhaseSummary(string Name, double Seconds, bool Cached, string Reason)
{
    public static PhaseSummary Of(PhaseFinished phase) =>
        new(phase.Phase.ToString().ToLowerInvariant(), Math.Round(phase.Seconds, 3), phase.Cached, phase.Reason);
}
