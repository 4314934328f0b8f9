using System.Diagnostics;

namespace Faultline.Harness.Progress;

/// <summary>
/// One running phase: announces its start, writes its output to the log and to the stream, and announces its end exactly once.
/// Disposed without a call to <see cref="Succeed"/>, the phase counts as failed, or as cancelled when its token was.
/// </summary>
internal sealed class PhaseScope : IDisposable
{
    private readonly IProgress<HarnessEvent> _progress;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private StreamWriter? _log;
    private readonly CancellationToken _cancellation;
    private readonly Lock _gate = new();
    private bool _finished;

    public PhaseScope(
        IProgress<HarnessEvent> progress, string kernel, Phase phase, string reason, string? logPath = null,
        CancellationToken cancellation = default)
    {
        _progress = progress;
        Kernel = kernel;
        Phase = phase;
        Reason = reason;
        LogPath = logPath;
        _cancellation = cancellation;
        progress.Report(new PhaseStarted(kernel, phase));
    }

    public string Kernel { get; }

    public Phase Phase { get; }

    public string Reason { get; }

    public string? LogPath { get; }

    public double Seconds => _clock.Elapsed.TotalSeconds;

    /// <summary>What was announced at the end; null while the phase runs.</summary>
    public PhaseFinished? Result { get; private set; }

    /// <summary>Adds a line to the log and to the stream. May be called from any thread.</summary>
    public void Output(string line)
    {
        lock (_gate)
        {
            if (_finished)
                return;
            _log ??= OpenLog();
            _log?.WriteLine(line);
        }

        _progress.Report(new PhaseOutput(Kernel, Phase, line));
    }

    /// <summary>Ends the phase well.</summary>
    public PhaseFinished Succeed(bool cached = false, string? reason = null) =>
        Finish(PhaseOutcome.Succeeded, cached, reason ?? Reason);

    /// <summary>Announces a phase that had nothing to do.</summary>
    public static PhaseFinished Skip(
        IProgress<HarnessEvent> progress, string kernel, Phase phase, string reason, string? logPath = null)
    {
        progress.Report(new PhaseStarted(kernel, phase));
        var finished = new PhaseFinished(kernel, phase, 0, Cached: true, reason, logPath, PhaseOutcome.Succeeded);
        progress.Report(finished);
        return finished;
    }

    public void Dispose()
    {
        if (Result is null)
            Finish(_cancellation.IsCancellationRequested ? PhaseOutcome.Cancelled : PhaseOutcome.Failed, cached: false, Reason);
    }

    /// <summary>Opened with the first line, so that a phase with nothing to say leaves the log of its last real run alone.</summary>
    private StreamWriter? OpenLog()
    {
        if (LogPath is null)
            return null;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(LogPath))!);
        return new StreamWriter(LogPath) { AutoFlush = true };
    }

    private PhaseFinished Finish(PhaseOutcome outcome, bool cached, string reason)
    {
        lock (_gate)
        {
            _finished = true;
            _log?.Dispose();
        }

        Result ??= new PhaseFinished(Kernel, Phase, Seconds, cached, reason, LogPath, outcome);
        _progress.Report(Result);
        return Result;
    }
}
