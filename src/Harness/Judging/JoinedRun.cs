using System.Collections.Immutable;
using Faultline.Harness.Results;

namespace Faultline.Harness.Judging;

/// <summary>
/// The guests of a run as one run: what each of them reported, and which test ended it. The end of the run is that of the last guest.
/// </summary>
internal static class JoinedRun
{
    /// <param name="guests">In order, at least one; each but the last was ended before it had run everything.</param>
    public static RunEvidence Of(ImmutableArray<RunEvidence> guests)
    {
        if (guests.Length == 1)
            return guests[0];
        var last = guests[^1];
        return last with
        {
            Record = Join(guests), Guests = guests, Host = Load(guests),
            EarlierCrash = guests.Select(guest => guest.EarlierCrash).FirstOrDefault(crash => crash is not null),
            Start = guests[0].Start,
            ResumeFailure = guests.Select(guest => guest.ResumeFailure).FirstOrDefault(why => why is not null),
        };
    }

    private static RunRecord Join(ImmutableArray<RunEvidence> guests)
    {
        var records = guests.Select(guest => guest.Record).ToImmutableArray();
        var (first, last) = (records[0], records[^1]);
        ImmutableArray<TestResult> each = [.. records.SelectMany(record => record.Each).DistinctBy(result => (result.Id, result.Round))];
        return last with
        {
            Boot = first.Boot,
            Hello = first.Hello,
            Live = first.Live,
            Plan = first.Plan,
            Started = [.. records.SelectMany(record => record.Started)],
            Results = TestResult.OfEach(each),
            Each = each,
            Rounds = records.Max(record => record.Rounds),
            Guests = records.Length,
            Losses = Losses(guests),
            Hangs = [.. records.SelectMany(record => record.Hangs)],
            Threads = [.. records.SelectMany(record => record.Threads)],
            Problems = [.. records.SelectMany((record, at) => Problems(record, guests[0].Runs, at, first))],
        };
    }

    /// <summary>A guest is asked for a part of the same plan, so that all of them have to announce the same.</summary>
    private static IEnumerable<string> Problems(RunRecord record, string word, int at, RunRecord first)
    {
        var known = (first.Plan ?? []).Select(test => test.Id);
        var another = record.Plan is { } plan && !plan.Select(test => test.Id).SequenceEqual(known, StringComparer.Ordinal);
        return (another ? record.Problems.Insert(0, $"the suite announced another plan than in {word} 1") : record.Problems)
            .Select(problem => $"{word} {at + 1}: {problem}");
    }

    private static ImmutableSortedDictionary<string, GuestLoss> Losses(ImmutableArray<RunEvidence> guests)
    {
        var losses = ImmutableSortedDictionary.CreateBuilder<string, GuestLoss>(StringComparer.Ordinal);
        for (var at = 0; at < guests.Length; at++)
        {
            if (GuestRules.Judge(guests[at]) is not { } verdict)
                continue;
            foreach (var id in guests[at].Record.InFlight)
                losses[id] = new GuestLoss(at + 1, verdict.Summary) { Word = guests[at].Runs };
        }

        return losses.ToImmutable();
    }

    private static HostLoad? Load(ImmutableArray<RunEvidence> guests)
    {
        var loads = guests.Select(guest => guest.Host).OfType<HostLoad>().ToList();
        return loads.Count == 0 ? null : new HostLoad(
            loads.Sum(load => load.Seconds), loads.Sum(load => load.Waited), loads.Max(load => load.Load), loads[0].Processors);
    }
}
