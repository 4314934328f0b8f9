using System.Diagnostics;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;

namespace Faultline.Cli.Terminal;

/// <summary>What runs right now, the last thing it said, and how far its tests are.</summary>
internal sealed class RunningPhases
{
    private readonly Lock _gate = new();
    private readonly List<RunningPhase> _phases = [];

    public void Take(HarnessEvent value)
    {
        lock (_gate)
        {
            var at = _phases.FindIndex(phase =>
                (phase.Kernel, phase.Id, phase.Cell, phase.Phase) == (value.Kernel, value.Id, value.Cell, value.Phase));
            switch (value)
            {
                case PhaseStarted:
                    _phases.Add(new RunningPhase(value.Kernel, value.Phase, Stopwatch.GetTimestamp()) { Id = value.Id, Cell = value.Cell });
                    break;
                case PhaseOutput output when at >= 0:
                    _phases[at] = _phases[at] with { LastLine = output.Line.Trim() };
                    break;
                case TestReported test when at >= 0:
                    _phases[at] = _phases[at] with { Done = test.Done, Planned = test.Planned };
                    break;
                case PhaseFinished when at >= 0:
                    _phases.RemoveAt(at);
                    break;
            }
        }
    }

    public IReadOnlyList<RunningPhase> Snapshot()
    {
        lock (_gate)
            return [.. _phases];
    }
}
