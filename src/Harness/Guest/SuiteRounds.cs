using System.Globalization;

namespace Faultline.Harness.Guest;

/// <summary>How often the chosen tests run, one round after the other in one process, and in which order.</summary>
/// <param name="Count">How many rounds at most.</param>
/// <param name="Seed">Draws the order of each round; null for the order of the plan.</param>
/// <param name="UntilFail">The round in which a test fails is the last.</param>
internal sealed record SuiteRounds(int Count = 1, ulong? Seed = null, bool UntilFail = false)
{
    public static SuiteRounds Once { get; } = new();

    /// <summary>The suite's arguments; none where each test runs once in the order of the plan.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        .. Count == 1 ? (string[])[] : ["--repeat", Count.ToString(CultureInfo.InvariantCulture)],
        .. Seed is { } seed ? (string[])["--shuffle", seed.ToString(CultureInfo.InvariantCulture)] : [],
        .. UntilFail ? (string[])["--until-fail"] : [],
    ];

    /// <summary>What a reader of a result should know of it; null where nothing is to be told.</summary>
    public string? Note => Seed is { } seed ? $"the tests ran in the order that '--shuffle {seed}' draws." : null;
}
