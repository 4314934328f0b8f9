namespace Faultline.Harness.Progress;

/// <summary>Passes the progress stream on and keeps the finished phases, for the report.</summary>
internal sealed class PhaseRecorder(IProgress<HarnessEvent> next) : IProgress<HarnessEvent>
{
    private readonly List<PhaseFinished> _finished = [];
    private readonly Lock _gate = new();

    /// <summary>The phases that ended, in that order.</summary>
    public IReadOnlyList<PhaseFinished> Finished
    {
        get
        {
            lock (_gate)
                return [.. _finished];
        }
    }

    public void Report(HarnessEvent value)
    {
        if (value is PhaseFinished finished)
        {
            lock (_gate)
                _finished.Add(finished);
        }

        next.Report(value);
    }
}
