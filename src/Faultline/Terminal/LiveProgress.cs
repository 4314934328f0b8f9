using Faultline.Harness.Progress;
using Spectre.Console;

namespace Faultline.Cli.Terminal;

/// <summary>Progress on a terminal: finished phases scroll by, running ones share a status line at the bottom.</summary>
internal sealed class LiveProgress(IAnsiConsole console, StatusContext status) : IProgress<HarnessEvent>
{
    private readonly RunningPhases _running = new();

    public void Report(HarnessEvent value)
    {
        _running.Take(value);
        if (value is PhaseFinished finished)
            console.MarkupLine(PhaseLine.Markup(finished));
        var now = _running.Snapshot()
            .Select(phase => $"[bold]{Spectre.Console.Markup.Escape(phase.Kernel)}[/] {phase.Phase.ToString().ToLowerInvariant()} {phase.Elapsed.TotalSeconds:0} s  "
                + $"[grey]{Spectre.Console.Markup.Escape(Short(phase.LastLine))}[/]");
        status.Status(string.Join("   ", now));
    }

    private static string Short(string line) => line.Length <= 70 ? line : line[..69] + "…";
}
