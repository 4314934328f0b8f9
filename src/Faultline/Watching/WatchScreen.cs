using Faultline.Cli.Terminal;
using Faultline.Harness.Report;
using Spectre.Console;

namespace Faultline.Cli.Watching;

/// <summary>
/// On a terminal each result begins at the top, so that a compiler's first error is always in the same place; in a pipe all of it follows
/// one another.
/// </summary>
/// <param name="console">Where results go.</param>
/// <param name="screen">The terminal; null for a pipe or file.</param>
/// <param name="now">The time to show, local.</param>
/// <param name="summary">Prints a report, given its folder.</param>
internal sealed class WatchScreen(
    TextConsole console, Screen? screen, Func<DateTime> now, Action<TextConsole, RunReport, string> summary) : IWatchScreen
{
    private const int NamedFiles = 3;
    private static readonly Style Quiet = new(Color.Grey);
    private string _saved = "";

    /// <summary>The last verdict, to be seen while the next one is on its way; empty before the first.</summary>
    public string Standing { get; private set; } = "";

    public void Begin(IReadOnlyList<string> saved)
    {
        _saved = saved.Count == 0 ? "" : Words(saved);
        console.WriteLine($"{Time}{(_saved.Length > 0 ? $" {_saved} saved" : "")}: running", style: Quiet);
    }

    public void Show(WatchedRound round)
    {
        screen?.Clear();
        console.WriteLine($"{Time}{(_saved.Length > 0 ? $" after {_saved}" : "")}", style: Quiet);
        if (round.Report is { } report)
            summary(console, report, round.Folder);
        else
            console.WriteLine($"{round.Failure!.Message.TrimEnd()}\nverdict: none (exit {round.ExitCode})");
        Standing = $"last: {round.Verdict} {Time}";
    }

    public void Wait(WatchedRound last)
    {
        const string waiting = "waiting for a save; Ctrl-C ends";
        if (screen is null)
            console.WriteLine(waiting);
        else
            screen.Show($"{Standing}   {waiting}");
    }

    /// <summary>Leaves the terminal as lines alone.</summary>
    public void End() => screen?.Show("");

    private string Time => now().ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static string Words(IReadOnlyList<string> files)
    {
        var names = string.Join(", ", files.Take(NamedFiles).Select(file => string.Join('/', file.Split('/').TakeLast(2))));
        return files.Count > NamedFiles ? $"{names} and {files.Count - NamedFiles} more" : names;
    }
}
