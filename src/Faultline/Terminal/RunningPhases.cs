using System.Diagnostics;
using Faultline.Harness.Progress;

namespace Faultline.Cli.Terminal;

/// <summary>What runs right now, and the last thing it said.</summary>
internal sealed class RunningPhases
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    public void Take(HarnessEvent value)
    {
        lock (_gate)
        {
            var at = _entries.FindIndex(entry => entry.Kernel == value.Kernel && entry.Phase == value.Phase);
            switch (value)
            {
                case PhaseStarted:
                    _entries.Add(new Entry(value.Kernel, value.Phase, Stopwatch.GetTimestamp(), ""));
                    break;
                case PhaseOutput output when at >= 0:
                    _entries[at] = _entries[at] with { LastLine = output.Line.Trim() };
                    break;
                case PhaseFinished when at >= 0:
                    _entries.RemoveAt(at);
                    break;
            }
        }
    }

    public IReadOnlyList<Entry> Snapshot()
    {
        lock (_gate)
            return [.. _entries];
    }

    internal sealed record Entry(string Kernel, Phase Phase, long Started, string LastLine)
    {
        public TimeSpan Elapsed => Stopwatch.GetElapsedTime(Started);
    }
}
