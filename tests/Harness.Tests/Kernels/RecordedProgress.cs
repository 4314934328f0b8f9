using Faultline.Harness.Progress;

namespace Faultline.Harness.Tests.Kernels;

/// <summary>Keeps every event, and may act on one.</summary>
internal sealed class RecordedProgress(Action<HarnessEvent>? onEvent = null) : IProgress<HarnessEvent>
{
    private readonly List<HarnessEvent> _events = [];

    public void Report(HarnessEvent value)
    {
        lock (_events)
            _events.Add(value);
        onEvent?.Invoke(value);
    }

    public IReadOnlyList<HarnessEvent> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    public IReadOnlyList<string> Lines(Phase phase) => [.. Events.OfType<PhaseOutput>().Where(e => e.Phase == phase).Select(e => e.Line)];

    public PhaseFinished Finished(Phase phase) => Events.OfType<PhaseFinished>().Single(e => e.Phase == phase);
}
