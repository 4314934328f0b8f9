using System.Collections.Immutable;
using System.Globalization;

namespace Faultline.Harness.Guest;

/// <summary>What is left of a run when a test ended its guest, and which guest it is for.</summary>
/// <param name="Guest">The next guest of the run, from 1.</param>
/// <param name="Rounds">How many rounds there are in all: with --until-fail the one in which the guest was ended is the last.</param>
/// <param name="Round">The round to go on in.</param>
/// <param name="Done">Ids of the tests that have a result of that round.</param>
/// <param name="Ended">Ids of the tests that ended a guest: none of them runs again.</param>
internal sealed record Remainder(int Guest, SuiteRounds Rounds, int Round, ImmutableArray<string> Done, ImmutableArray<string> Ended)
{
    /// <summary>The suite's arguments beyond those of the whole run.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        "--guest", Text(Guest), "--round", Text(Round),
        .. Done.SelectMany(id => (string[])["--done", id]), .. Ended.SelectMany(id => (string[])["--without", id]),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
