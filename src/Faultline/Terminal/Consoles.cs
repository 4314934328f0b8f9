using Spectre.Console;

namespace Faultline.Cli.Terminal;

/// <summary>Results go to standard output, everything about how they came to be to standard error, so that a pipe gets results only.</summary>
internal static class Consoles
{
    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
            // Spectre honours NO_COLOR by itself; a pipe gets no escape codes at all.
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
        });
        // A pipe has no width: wrapping there would break lines that other programs read.
        if (redirected)
            console.Profile.Width = 4096;
        return console;
    }
}
