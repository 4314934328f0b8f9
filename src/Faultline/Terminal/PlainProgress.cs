using Faultline.Harness.Progress;
using Spectre.Console;

namespace Faultline.Cli.Terminal;

/// <summary>Progress as plain lines: one for each finished phase, and a sign of life from a phase that takes long.</summary>
internal sealed class PlainProgress : IProgress<HarnessEvent>, IDisposable
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(20);

    private readonly IAnsiConsole _console;
    private readonly RunningPhases _running = new();
    private readonly Timer _timer;

    public PlainProgress(IAnsiConsole console)
    {
        _console = console;
        _timer = new Timer(_ => Beat(), null, SignOfLife, SignOfLife);
    }

    public void Report(HarnessEvent value)
    {
        _running.Take(value);
        if (value is PhaseFinished finished)
            _console.WriteLine(PhaseLine.Text(finished));
    }

    public void Dispose() => _timer.Dispose();

    private void Beat()
    {
        foreach (var phase in _running.Snapshot())
        {
            if (phase.Elapsed >= SignOfLife)
                _console.WriteLine($"{PhaseLine.Label(phase.Kernel, phase.Phase)} … {phase.Elapsed.TotalSeconds,6:0} s  {phase.LastLine}");
        }
    }
}
