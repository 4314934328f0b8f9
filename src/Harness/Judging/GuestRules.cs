using System.Collections.Immutable;
using Faultline.Harness.Results;

namespace Faultline.Harness.Judging;

/// <summary>
/// Judges a run of several guests: what ended one of them is what it would have been alone, and the gravest of it speaks for the run.
/// </summary>
internal static class GuestRules
{
    /// <summary>What ended one guest before it had run everything it was asked for; null where nothing did.</summary>
    public static Verdict? Judge(RunEvidence guest)
    {
        // What of the plan has no result yet is a question to the run, not to one of its guests.
        var alone = guest with { Record = guest.Record with { Plan = guest.Record.Plan is null ? null : [] } };
        return VerdictRules.Ended(alone) ?? (guest.Record.End is null ? VerdictRules.Died(guest.Record) : null);
    }

    /// <summary>The verdict on a run, from those on its guests.</summary>
    /// <param name="run">Several guests.</param>
    public static Verdict Unfinished(RunEvidence run)
    {
        var ended = run.Guests.Select((guest, at) => (Number: at + 1, Verdict: Judge(guest)))
            .Where(guest => guest.Verdict is not null).Select(guest => (guest.Number, Verdict: guest.Verdict!)).ToList();
        var kind = VerdictKinds.Overall(ended.Select(guest => guest.Verdict.Kind));
        var first = ended.First(guest => guest.Verdict.Kind == kind).Verdict;
        return first with
        {
            Summary = ended.Count == 1 ? first.Summary
                : $"{first.Summary} (and {ended.Count - 1} more of {run.Guests.Length} {run.RunsPlural} came to no good end)",
            InFlight = [.. ended.SelectMany(guest => guest.Verdict.InFlight).Distinct(StringComparer.Ordinal)],
            Reasons =
            [
                .. ended.SelectMany(guest => Reasons(guest.Verdict).Select(reason => $"{run.Runs} {guest.Number}: {reason}")),
                .. VerdictRules.FailureReasons(run.Record), .. VerdictRules.MissingReasons(run.Record), .. run.Record.Problems,
            ],
        };
    }

    /// <summary>What the reason of the test that ended the guest does not say.</summary>
    private static IEnumerable<string> Reasons(Verdict verdict) =>
        verdict.Reasons.Prepend(verdict.Summary).Distinct(StringComparer.Ordinal)
            .Where(reason => reason != verdict.Summary || verdict.InFlight.IsEmpty);
}
