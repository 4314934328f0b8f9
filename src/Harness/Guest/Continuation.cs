using System.Collections.Immutable;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>Whether a run goes on when a guest was ended, and with what. Pure, as verdicts are.</summary>
internal static class Continuation
{
    /// <summary>How many guests may follow the first: a kernel on which every test crashes is known by then.</summary>
    public const int MostRestarts = 10;

    /// <summary>How many guests may hang: each takes the deadline of its test, and a kernel that hangs often is known by then.</summary>
    public const int MostHung = 3;

    /// <summary>How many guests may be so dead that only the deadline of the whole run ends them, from outside.</summary>
    public const int MostDead = 2;

    /// <param name="guests">Those of the run so far, in order.</param>
    /// <param name="rounds">What was asked for.</param>
    /// <returns>What the next guest has to do; null where there is nothing, or with the reason why it is given up.</returns>
    public static (Remainder? Next, string? GivenUp) After(IReadOnlyList<RunEvidence> guests, SuiteRounds rounds)
    {
        var latest = guests[^1];
        if (!WasEnded(latest) || Left(guests, rounds) is not { } left)
            return (null, null);
        if (!CameFurther(guests))
            return (null, guests.Count == 1 ? null : $"{latest.Runs} {guests.Count} came to no other test");
        if (RanOutOfTime(latest.Record))
            return (null, guests.Count == 1 ? null : $"{latest.Runs} {guests.Count} passed the deadline of the run");
        if (guests.Count > MostRestarts)
            return (null, $"{MostRestarts} {latest.RunsPlural} followed the first, and no more are started");
        if (guests.Count(IsDead) >= MostDead)
            return (null, $"{MostDead} {latest.RunsPlural} answered nobody until the deadline of the run, and no more are started");
        if (guests.Count(guest => IsDead(guest) || guest.Record.Watchdog is not null || !guest.Record.Hangs.IsEmpty) >= MostHung)
            return (null, $"{MostHung} {latest.RunsPlural} hung, and no more are started");
        return (left, null);
    }

    /// <summary>The suite did not come to its end, and neither QEMU nor anybody outside is to blame.</summary>
    private static bool WasEnded(RunEvidence guest) =>
        guest is { Record: { End: null, Plan: not null, GaveUp: null }, Ending: not (GuestEnding.Broken or GuestEnding.Killed) };

    /// <summary>A guest that starts nothing which was not started before would be followed by others like it.</summary>
    private static bool CameFurther(IReadOnlyList<RunEvidence> guests)
    {
        var before = guests.SkipLast(1).SelectMany(guest => guest.Record.Started).Select(start => (start.Id, start.Round)).ToHashSet();
        return guests[^1].Record.Started.Any(start => !before.Contains((start.Id, start.Round)));
    }

    /// <summary>The suite or init found the time of the whole run used up. A test that hangs has its own deadline.</summary>
    private static bool RanOutOfTime(RunRecord record) => record.Watchdog?.Seconds is not null || record.Hangs.Any(hang => hang.IsOfTheRun);

    private static bool IsDead(RunEvidence guest) => guest is { Ending: GuestEnding.Deadline, Limit: not null };

    private static Remainder? Left(IReadOnlyList<RunEvidence> guests, SuiteRounds rounds)
    {
        var round = guests.SelectMany(guest => guest.Record.Started).Select(start => start.Round).DefaultIfEmpty(1).Max();
        var last = rounds.UntilFail ? round : rounds.Count;
        HashSet<string> ended = [.. guests.SelectMany(guest => guest.Record.InFlight)];
        HashSet<string> done =
            [.. guests.SelectMany(guest => guest.Record.Each).Where(result => result.Round == round).Select(result => result.Id)];
        var tests = guests[0].Record.Plan!.Value.Where(test => !ended.Contains(test.Id)).ToList();
        if (tests.Count == 0 || (round == last && tests.TrueForAll(test => done.Contains(test.Id))))
            return null;
        return new Remainder(
            guests.Count + 1, rounds with { Count = last }, round,
            [.. done.Where(id => !ended.Contains(id)).Order(StringComparer.Ordinal)], [.. ended.Order(StringComparer.Ordinal)]);
    }
}
