using Faultline.Harness.Progress;

namespace Faultline.Cli.Terminal;

/// <summary>One finished phase as one line.</summary>
internal static class PhaseLine
{
    public static string Label(string kernel, Phase phase) => $"{kernel,-16} {phase.ToString().ToLowerInvariant(),-10}";

    public static string Text(PhaseFinished phase)
    {
        var line = $"{Label(phase.Kernel, phase.Phase)} {Took(phase)}  {phase.Reason}";
        return phase is { Outcome: PhaseOutcome.Failed, LogPath: { } log } ? $"{line}  (log: {log})" : line;
    }

    public static string Markup(PhaseFinished phase)
    {
        var style = phase.Outcome switch
        {
            PhaseOutcome.Failed => "red",
            PhaseOutcome.Cancelled => "yellow",
            _ => phase.Cached ? "grey" : "green",
        };
        return $"[{style}]{Spectre.Console.Markup.Escape(Text(phase))}[/]";
    }

    private static string Took(PhaseFinished phase) => phase.Outcome switch
    {
        PhaseOutcome.Failed => $"{"failed",10}",
        PhaseOutcome.Cancelled => $"{"cancelled",10}",
        _ => phase.Cached ? $"{"cached",10}" : $"{phase.Seconds,8:0.0} s",
    };
}
