using System.Collections.Immutable;
using Faultline.Harness.Results;

namespace Faultline.Harness.Judging;

/// <summary>
/// A wrong version proves that the suite can see its mistake: a row that was named beforehand must fail. One that is noticed by
/// others alone says that the named row does not test what it is for.
/// </summary>
internal static class MutantRules
{
    /// <param name="evidence">What the run left.</param>
    /// <param name="named">The rows of which one must fail.</param>
    public static MutantVerdict Judge(RunEvidence evidence, ImmutableArray<string> named)
    {
        var unfinished = VerdictRules.Unfinished(evidence);
        var killers = Killers(evidence.Record, unfinished).Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (killers.IsEmpty)
        {
            return new MutantVerdict(unfinished ?? new Verdict(
                VerdictKind.Vacuous, $"it survived: every test passes, and {string.Join(" or ", named)} should not"), killers);
        }

        const int most = 4;
        var rows = string.Join(", ", killers.OrderBy(killer => !named.Contains(killer)).Take(most))
            + (killers.Length > most ? $" and {killers.Length - most} more" : "");
        return new MutantVerdict(
            killers.Any(named.Contains)
                ? new Verdict(VerdictKind.Pass, $"killed by {rows}")
                : new Verdict(VerdictKind.Failed, $"killed by {rows}, and {string.Join(" or ", named)} noticed nothing"),
            killers);
    }

    private static IEnumerable<string> Killers(RunRecord record, Verdict? unfinished)
    {
        var word = unfinished?.Kind switch
        {
            VerdictKind.Crashed => MutantVerdict.Splat,
            VerdictKind.Hung => MutantVerdict.Hang,
            _ => null,
        };
        // What a suite that died was in the middle of has noticed it too.
        var inFlight = unfinished?.InFlight ?? [];
        return record.Results.Where(result => result.Outcome == TestOutcome.Failed).Select(result => result.Id)
            .Concat(inFlight).Select(id => NameOf(record, id)).Concat(word is null ? [] : [word]);
    }

    private static string NameOf(RunRecord record, string id) => record.Plan?.FirstOrDefault(test => test.Id == id)?.Scenario ?? id;
}
