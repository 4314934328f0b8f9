using System.CommandLine;

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

    public static Option<string[]> Prelude { get; } = new("--prelude")
    {
        Description = "header to include before it, as a compiler's -include; repeatable", HelpName = "HEADER",
    };
}
