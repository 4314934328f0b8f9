using System.CommandLine;
using Faultline.Harness.Guest;

namespace Faultline.Cli.Commands;

/// <summary>Reads the options that <c>run</c>, <c>test</c> and <c>bench</c> share.</summary>
internal static class RunOptions
{
    public static IReadOnlyList<string> Filters(ParseResult parsed) => parsed.GetValue(CommonOptions.Filter) is { } filter ? [filter] : [];

    public static AcceleratorChoice Accelerator(ParseResult parsed) =>
        Enum.Parse<AcceleratorChoice>(parsed.GetValue(CommonOptions.Accelerator)!, ignoreCase: true);

    public static Deadlines Deadlines(ParseResult parsed)
    {
        TimeSpan? Given(Option<int?> option) => parsed.GetValue(option) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new Deadlines { Boot = Given(CommonOptions.BootTimeout), Run = Given(CommonOptions.Timeout) };
    }
}
