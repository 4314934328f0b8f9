using System.Collections.Immutable;
using Faultline.Harness.Results;

namespace Faultline.Harness.Judging;

/// <summary>One guest of a run: how much it reported, and what ended it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Results">How many results it reported, of all rounds.</param>
internal sealed record GuestSummary(int Number, int Results)
{
    /// <summary>Booted, or begun with a snapshot.</summary>
    public GuestStart Start { get; init; }

    /// <summary>Ids of the tests that were running when it ended; empty for one that ran all it was asked for.</summary>
    public ImmutableArray<string> InFlight { get; init; } = [];

    /// <summary>What ended it before that, in one line.</summary>
    public string? Ended { get; init; }

    /// <summary>The guests of a run, in order.</summary>
    public static ImmutableArray<GuestSummary> Of(RunEvidence run)
    {
        ImmutableArray<RunEvidence> guests = run.Guests.IsEmpty ? [run] : run.Guests;
        return
        [
            .. guests.Select((guest, at) => new GuestSummary(at + 1, guest.Record.Each.Length)
            {
                Start = guest.Start,
                InFlight = [.. guest.Record.InFlight],
                Ended = GuestRules.Judge(guest)?.Summary,
            }),
        ];
    }
}
