using Faultline.Harness.Progress;
using Faultline.Harness.Tests.Kernels;

namespace Faultline.Harness.Tests;

public class PhaseScopeTests
{
    [Fact]
    public void A_phase_starts_once_ends_once_and_logs_what_it_printed()
    {
        using var folder = new TemporaryFolder();
        var progress = new RecordedProgress();
        using (var phase = new PhaseScope(progress, "k", Phase.Build, "because", folder.Of("logs", "k.log")))
        {
            phase.Output("one");
            phase.Succeed(reason: "done");
            phase.Output("too late");
        }

        Assert.Equal([typeof(PhaseStarted), typeof(PhaseOutput), typeof(PhaseFinished)], progress.Events.Select(e => e.GetType()));
        Assert.Equal((PhaseOutcome.Succeeded, "done", false), (progress.Finished(Phase.Build).Outcome, progress.Finished(Phase.Build).Reason, progress.Finished(Phase.Build).Cached));
        Assert.Equal("one\n", File.ReadAllText(folder.Of("logs", "k.log")));
    }

    [Fact]
    public void Left_without_success_it_failed_or_was_cancelled()
    {
        var progress = new RecordedProgress();
        new PhaseScope(progress, "k", Phase.Build, "r").Dispose();
        using var source = new CancellationTokenSource();
        source.Cancel();
        new PhaseScope(progress, "k", Phase.Apply, "r", cancellation: source.Token).Dispose();
        Assert.Equal(PhaseOutcome.Failed, progress.Finished(Phase.Build).Outcome);
        Assert.Equal(PhaseOutcome.Cancelled, progress.Finished(Phase.Apply).Outcome);
    }

    [Fact]
    public void A_phase_that_says_nothing_keeps_the_log_of_its_last_run()
    {
        using var folder = new TemporaryFolder();
        var log = folder.Write("k.log", "earlier");
        using (var phase = new PhaseScope(new RecordedProgress(), "k", Phase.Image, "r", log))
            phase.Succeed(cached: true);
        Assert.Equal("earlier", File.ReadAllText(log));
    }
}
