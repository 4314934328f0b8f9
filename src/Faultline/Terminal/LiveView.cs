using Faultline.Harness.Progress;

namespace Faultline.Cli.Terminal;

/// <summary>Progress on a terminal: finished phases scroll by, running ones share a status line at the bottom.</summary>
/// <param name="console">The terminal's lines.</param>
/// <param name="screen">Its status line.</param>
/// <param name="standing">Stays at the beginning of the status; empty for nothing.</param>
internal sealed class LiveView(TextConsole console, Screen screen, string standing = "") : IProgressView
{
    private string _shown = "";

    /// <summary>Often enough for a test count to move, seldom enough to cost nothing.</summary>
    public TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(200);

    public void Finished(PhaseFinished phase, IReadOnlyList<RunningPhase> running)
    {
        // Else the line would be printed above a status that still holds the phase.
        Tick(running);
        console.WriteLine(PhaseLine.Text(phase), PhaseLine.LabelWidth, PhaseLine.Style(phase));
    }

    public void Tick(IReadOnlyList<RunningPhase> running)
    {
        // One column stays free: a terminal that is full to the last one may already have gone to the next line.
        var columns = console.Columns - 1;
        var before = standing.Length > 0 && standing.Length < columns / 2 ? $"{standing} | " : "";
        var status = before + console.Coloured(StatusLine.Fit(running, columns - before.Length, Locale.Ellipsis));
        status = Locale.IsUtf8 ? status : Printable.Ascii(status);
        if (status == _shown)
            return;
        screen.Show(status);
        _shown = status;
    }

    public void End() => screen.Show("");
}
