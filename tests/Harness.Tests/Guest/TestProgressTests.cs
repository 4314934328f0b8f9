using Faultline.Harness.Guest;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Guest;

/// <summary>What is said of a test phase when it ends.</summary>
public class TestProgressTests
{
    [Theory]
    [InlineData(1, 2, "2 tests")]
    [InlineData(3, 6, "2 tests, 3 rounds")]
    [InlineData(3, 3, "3 results; 3 rounds of 2 tests were asked for")]
    public void Tests_and_rounds_are_told_apart(int rounds, int results, string told)
    {
        var phases = new PhaseRecorder(new Nothing());
        using (var progress = new RunProgress(phases, "mine", "booted", done: 0, TestContext.Current.CancellationToken))
        {
            PlannedTest[] plan = [Planned("a"), Planned("b")];
            progress.Add(new PlanEvent([.. plan], rounds), seconds: 1);
            for (var i = 0; i < results; i++)
                progress.Add(new ResultEvent(new Harness.Results.TestResult(plan[i % 2].Id, TestOutcome.Passed, 0, 0)), seconds: 2);
            progress.Complete();
        }

        Assert.Equal(told, phases.Finished[^1].Reason);
    }

    private static PlannedTest Planned(string id) => new(id, id, "own", Row: null, Feature: null, Promise: false);

    private sealed class Nothing : IProgress<HarnessEvent>
    {
        public void Report(HarnessEvent value)
        {
        }
    }
}
