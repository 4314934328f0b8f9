using Spectre.Console;

namespace Faultline.Cli.Terminal;

/// <summary>Results go to standard output, everything about how they came to be to standard error, so that a pipe gets results only.</summary>
internal static class Consoles
{
    /// <summary>Columns of what is not a terminal: wrapping there would break lines that other programs read.</summary>
    public const int Unlimited = 1_000_000;

    private const int Stdout = 1;
    private const int Stderr = 2;
    private static readonly Stream OutStream = StandardStreams.Output;
    private static readonly Stream ErrorStream = StandardStreams.Error;

    public static Screen Screen { get; } = new(ErrorStream);

    public static TextConsole Out { get; } = Create(OutStream, Stdout, Console.IsOutputRedirected);

    public static TextConsole Error { get; } = Create(ErrorStream, Stderr, Console.IsErrorRedirected);

    /// <summary>Lets <see cref="Console"/> write the same way, for results that are made as one text and for the parser's help.</summary>
    public static void Install()
    {
        Console.SetOut(Writer(OutStream, Stdout, Console.IsOutputRedirected, cleans: true));
        Console.SetError(Writer(ErrorStream, Stderr, Console.IsErrorRedirected, cleans: true));
    }

    private static StandardWriter Writer(Stream stream, int descriptor, bool redirected, bool cleans) =>
        new(stream, redirected ? null : Screen, quiet: descriptor == Stderr) { Cleans = cleans };

    private static TextConsole Create(Stream stream, int descriptor, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Writer(stream, descriptor, redirected, cleans: false)),
            Interactive = InteractionSupport.No,
            // Spectre reads TERM and NO_COLOR by itself; a pipe gets no escape codes at all, also where it knows the CI service.
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        // Nothing is wrapped by Spectre: TextConsole knows the width.
        console.Profile.Width = Unlimited;
        return new TextConsole(console, redirected ? null : () => TerminalSize.Columns(descriptor));
    }
}
