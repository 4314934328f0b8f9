using System.CommandLine;
using Faultline.AbiSources;
using Faultline.Cli.Runs;

namespace Faultline.Cli.Commands;

/// <summary>How headers are read: what a compiler would be told of them.</summary>
internal static class HeaderOptions
{
    public static Option<string[]> Include { get; } = new("--include", "-I")
    {
        Description = "where headers find <linux/types.h>, before this machine's own; repeatable", HelpName = "DIR",
    };

    public static Option<string[]> Define { get; } = new("--define", "-D")
    {
        Description = "macro to define before the header; repeatable", HelpName = "MACRO[=VALUE]",
    };

    public static Option<string[]> Prelude { get; } = new("--prelude", "-include")
    {
        Description = "header to include before it, as a compiler does; repeatable", HelpName = "HEADER",
    };

    /// <summary>The header that was chosen of many: by its name, or by a file that it is to be compared with.</summary>
    /// <exception cref="UsageException">One was named, and no side holds more than one to choose from.</exception>
    public static string Chosen(ParseResult parsed, Option<string> option, params SideRequest[] sides)
    {
        var header = parsed.GetRequiredValue(option);
        var isChosen = parsed.GetResult(option) is { Implicit: false };
        if (sides.Any(AbiSource.HoldsMany))
            return isChosen ? header : sides.Select(AbiSource.IncludeNameOf).FirstOrDefault(name => name is not null) ?? header;
        if (isChosen)
            throw new UsageException($"--header {header} chooses one of many, and {string.Join(" and ", sides.Select(side => side.Name))} "
                + "is one header.");
        return header;
    }
}
