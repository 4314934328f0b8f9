using Faultline.Harness.Progress;
using Spectre.Console;

namespace Faultline.Cli.Terminal;

/// <summary>One finished phase as one line.</summary>
internal static class PhaseLine
{
    /// <summary>Columns of the label and of the time behind it.</summary>
    public const int LabelWidth = 40;

    public static string Label(string kernel, Phase phase) => $"{kernel,-16} {phase.ToString().ToLowerInvariant(),-10}";

    public static string Text(PhaseFinished phase)
    {
        var line = $"{Label(phase.Kernel, phase.Phase)} {Took(phase)}  {phase.Reason}";
        return phase is { Outcome: PhaseOutcome.Failed, LogPath: { } log } ? $"{line}  (log: {log})" : line;
    }

    public static Style Style(PhaseFinished phase) => new(phase.Outcome switch
    {
        PhaseOutcome.Failed => Color.Red,
        PhaseOutcome.Cancelled => Color.Yellow,
        _ => phase.Cached ? Color.Grey : Color.Green,
    });

    private static string Took(PhaseFinished phase) => phase.Outcome switch
    {
        PhaseOutcome.Failed => $"{"failed",10}",
        PhaseOutcome.Cancelled => $"{"cancelled",10}",
        _ => phase.Cached ? $"{"cached",10}" : $"{phase.Seconds,8:0.0} s",
    };
}
