using Faultline.Harness.Progress;

namespace Faultline.Cli.Terminal;

/// <summary>
/// Feeds a view with the progress stream and with time. A view that throws costs its own place, never the run: the next one takes over, and says so.
/// After the last one nothing is shown.
/// </summary>
internal sealed class TerminalProgress : IProgress<HarnessEvent>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly RunningPhases _running = new();
    private readonly Queue<IProgressView> _views;
    private readonly Action<string> _say;
    private readonly Timer _timer;
    private bool _ended;

    /// <param name="say">Prints a message.</param>
    /// <param name="views">The first one is used as long as it works.</param>
    public TerminalProgress(Action<string> say, params IEnumerable<IProgressView> views)
    {
        (_say, _views) = (say, new Queue<IProgressView>(views));
        _timer = new Timer(_ => Use(view => view.Tick(_running.Snapshot())));
        Pace();
    }

    public void Report(HarnessEvent value)
    {
        _running.Take(value);
        if (value is PhaseFinished finished)
            Use(view => view.Finished(finished, _running.Snapshot()));
    }

    public void Dispose()
    {
        _timer.Dispose();
        Use(view => view.End());
        lock (_gate)
            _ended = true;
    }

    private void Pace()
    {
        if (_views.TryPeek(out var view))
            _timer.Change(view.Interval, view.Interval);
    }

    private void Use(Action<IProgressView> action)
    {
        lock (_gate)
        {
            while (!_ended && _views.TryPeek(out var view))
            {
                try
                {
                    action(view);
                    return;
                }
                catch (Exception e)
                {
                    // Whatever it is: a display is not worth an hour of compiling.
                    Replace(view, e);
                }
            }
        }
    }

    private void Replace(IProgressView failed, Exception reason)
    {
        _views.Dequeue();
        try
        {
            failed.End();
        }
        catch (Exception)
        {
            // It has failed already, which is told below.
        }

        try
        {
            Pace();
            _say($"faultline: the {(_views.Count > 0 ? "live display failed, plain lines follow" : "display failed, nothing more is shown")}: "
                + Printable.OneLine($"{reason.GetType().Name}: {reason.Message}"));
        }
        catch (Exception)
        {
            // A console that is gone hears nothing.
        }
    }
}
