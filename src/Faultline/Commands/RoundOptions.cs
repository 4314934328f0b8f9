using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Faultline.Harness.Guest;

namespace Faultline.Cli.Commands;

/// <summary>Reads how often and in which order the tests of <c>run</c> and <c>test</c> run.</summary>
internal static class RoundOptions
{
    private const int Most = 100_000;

    /// <summary>Rounds of a run that is to go on until something fails and does not say how long.</summary>
    private const int Patience = 100;

    public static Option<int?> Repeat { get; } = new("--repeat")
    {
        Description = "run the tests N times on the same booted kernel; the verdict says in how many of N rounds a test failed",
        HelpName = "N",
    };

    public static Option<string?> Shuffle { get; } = new("--shuffle")
    {
        Description = "run them in an order that SEED draws, in each round another; without SEED one is chosen and told, "
            + "and '--shuffle' with that number gives the same order again",
        HelpName = "SEED",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Option<bool> UntilFail { get; } = new("--until-fail")
    {
        Description = $"stop after the first round in which a test fails; --repeat says after how many at the latest (default: {Patience})",
    };

    /// <exception cref="UsageException">A number that cannot be.</exception>
    public static SuiteRounds Read(ParseResult parsed)
    {
        var untilFail = parsed.GetValue(UntilFail);
        var count = parsed.GetValue(Repeat) ?? (untilFail ? Patience : 1);
        if (count is < 1 or > Most)
            throw new UsageException($"--repeat {count}: give a number from 1 to {Most}.");
        return new SuiteRounds(count, Seed(parsed), untilFail);
    }

    private static ulong? Seed(ParseResult parsed)
    {
        if (parsed.GetResult(Shuffle) is null)
            return null;
        if (parsed.GetValue(Shuffle) is not { } asked)
            return (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);
        return ulong.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed : throw new UsageException($"--shuffle {asked}: a seed is a whole number; without one, one is chosen.");
    }
}
