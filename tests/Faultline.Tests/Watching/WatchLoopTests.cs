using System.Collections.Immutable;
using Faultline.Cli.Watching;
using Faultline.Harness.Judging;
using Faultline.Harness.Report;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Tests.Watching;

public sealed class WatchLoopTests : IDisposable
{
    private readonly List<string> _shown = [];
    private readonly Queue<TaskCompletionSource<IReadOnlyList<string>>> _saves = new([new(), new(), new(), new()]);
    private readonly TaskCompletionSource<IReadOnlyList<string>>[] _save;
    private readonly CancellationTokenSource _interrupt = new();

    public WatchLoopTests() => _save = [.. _saves];

    [Fact]
    public async Task It_runs_at_once_and_after_each_save_until_it_passes()
    {
        var runs = 0;
        var loop = Loop((last, _) =>
        {
            // What failed is what the next run begins with.
            Assert.Equal(runs == 0 ? null : "R12", last?.FailedTests.Single());
            _save[runs].SetResult([$"mm/{runs}.c"]);
            return Task.FromResult(++runs == 3 ? Round(VerdictKind.Pass) : Round(VerdictKind.Failed));
        });
        Assert.Equal(0, await loop.RunAsync(untilPass: true, _interrupt.Token));
        Assert.Equal(["begin", "show failed", "wait", "begin mm/0.c", "show failed", "wait", "begin mm/1.c", "show pass"], _shown);
    }

    [Fact]
    public async Task A_save_ends_the_run_in_progress_which_shows_nothing()
    {
        var runs = 0;
        var ended = 0;
        var loop = Loop(async (_, ending) =>
        {
            if (++runs == 3)
                return Round(VerdictKind.Pass);
            _save[runs - 1].SetResult(["mm/memory.c"]);
            try
            {
                await Task.Delay(Timeout.Infinite, ending);
            }
            finally
            {
                ended++;
            }

            throw new InvalidOperationException();
        });
        Assert.Equal(0, await loop.RunAsync(untilPass: true, _interrupt.Token));
        Assert.Equal((3, 2), (runs, ended));
        Assert.Equal(["begin", "begin mm/memory.c", "begin mm/memory.c", "show pass"], _shown);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_run_and_the_loop()
    {
        var loop = Loop(async (_, ending) =>
        {
            await _interrupt.CancelAsync();
            await Task.Delay(Timeout.Infinite, ending);
            throw new InvalidOperationException();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop.RunAsync(untilPass: false, _interrupt.Token));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_wait_for_a_save()
    {
        var loop = Loop((_, _) => Task.FromResult(Round(VerdictKind.Pass)));
        var running = loop.RunAsync(untilPass: false, _interrupt.Token);
        await _interrupt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(["begin", "show pass", "wait"], _shown);
    }

    [Fact]
    public void A_round_without_a_report_is_named_by_its_exit_code()
    {
        var round = new WatchedRound(Report: null, Folder: "", new Failure(6, "mm/memory.c:1: error"));
        Assert.Equal(("exit 6", 6, 0), (round.Verdict, round.ExitCode, round.FailedTests.Count));
    }

    public void Dispose() => _interrupt.Dispose();

    private WatchLoop Loop(Func<WatchedRound?, CancellationToken, Task<WatchedRound>> run) =>
        new(cancellation => _saves.Dequeue().Task.WaitAsync(cancellation), run, new Recorder(_shown));

    private static WatchedRound Round(VerdictKind verdict) => new(
        RunReport.Of(
            [
                new KernelReport
                {
                    Name = "mine", Role = VariantRole.Variant, Verdict = verdict,
                    Results = verdict == VerdictKind.Pass ? [] : ImmutableArray.Create(
                        new TestReport("R11", "", "", TestOutcome.Passed, 0), new TestReport("R12", "", "", TestOutcome.Failed, 0)),
                },
            ], DateTimeOffset.UnixEpoch, 1), "report", Failure: null);

    private sealed class Recorder(List<string> shown) : IWatchScreen
    {
        public void Begin(IReadOnlyList<string> saved) => shown.Add($"begin {string.Join(' ', saved)}".TrimEnd());

        public void Show(WatchedRound round) => shown.Add($"show {round.Verdict}");

        public void Wait(WatchedRound last) => shown.Add("wait");
    }
}
