using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Harness.Guest;

namespace Faultline.Cli.Commands;

/// <summary>Reads the options that <c>run</c>, <c>test</c> and <c>bench</c> share.</summary>
internal static class SuiteOptions
{
    public static RunOptions Read(ParseResult parsed)
    {
        var rounds = RoundOptions.Read(parsed);
        return new RunOptions
        {
            Filters = parsed.GetValue(CommonOptions.Filter) ?? [],
            Suites = ProgramOptions.Read(parsed, rounds),
            Rounds = rounds,
            Accelerator = Accelerator(parsed),
            Deadlines = Deadlines(parsed) with { Rounds = rounds.Count },
            // Who repeats wants to see whether it comes out the same, not what is known already.
            Fresh = parsed.GetValue(CommonOptions.Fresh) || parsed.GetValue(CommonOptions.Cold) || rounds.Count > 1,
            Cold = parsed.GetValue(CommonOptions.Cold),
        };
    }

    /// <summary>The options of a guest that runs no suite.</summary>
    public static RunOptions ReadGuest(ParseResult parsed) =>
        new() { Accelerator = Accelerator(parsed), Deadlines = Deadlines(parsed) };

    public static AcceleratorChoice Accelerator(ParseResult parsed) =>
        Enum.Parse<AcceleratorChoice>(parsed.GetValue(CommonOptions.Accelerator)!, ignoreCase: true);

    private static Deadlines Deadlines(ParseResult parsed)
    {
        var most = Harness.Guest.Deadlines.Longest.TotalSeconds;
        TimeSpan? Given(Option<int?> option) => parsed.GetValue(option) is not { } seconds ? null
            : seconds <= most ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"{option.Name} {seconds}: give at most {most} s, ten days.");
        return new Deadlines { Boot = Given(CommonOptions.BootTimeout), Run = Given(CommonOptions.Timeout) };
    }
}
