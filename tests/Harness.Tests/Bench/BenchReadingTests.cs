using System.Collections.Immutable;
using Faultline.Harness.Bench;
using Faultline.Harness.Guest;
using Faultline.Harness.Results;
using TestResult = Faultline.Harness.Results.TestResult;

namespace Faultline.Harness.Tests.Bench;

/// <summary>What the benchmarks read out of the streams of others.</summary>
public class BenchReadingTests
{
    [Fact]
    public void Times_of_the_steps_are_found_among_compiler_lines() => Assert.Equal(
        new Dictionary<string, double> { ["unpack"] = 12.345, ["make"] = 0.007 },
        BareMake.Times(["faultline: took unpack 12345 ms", "  CC  mm/x.o", "x faultline: took no 1 ms", "faultline: took make 7 ms"]));

    [Fact]
    public void An_init_that_lives_ends_the_bare_boot_at_the_kernels_own_time()
    {
        var watch = new BareBootWatch();
        watch.Line("[    0.000000] Linux version 6.1.0 faultline-init: alive");
        Assert.Null(watch.Result);
        watch.Line("[    1.250000] faultline-init: alive");
        watch.Line("[    9.000000] faultline-init: alive");
        Assert.Equal(1.25, watch.Result!.KernelSeconds);
    }

    [Fact]
    public void A_guest_is_placed_on_the_clock_outside_by_its_boot_event()
    {
        var times = GuestTimes.Of(Run(new RunRecord
        {
            Boot = new BootEvent("6.1", "tsc", Uptime: 2),
            Hello = new HelloEvent("s", "p", "6.1", "x86_64", ".NET", T: 0.5, Uptime: 4),
            Results = [new TestResult("a", TestOutcome.Passed, 1, 3.5)],
        }));
        Assert.Equal(new GuestTimes(KernelStart: 1, GuestReady: 3, SuiteStart: 5, FirstTest: 6, SuiteEnd: 8, Gone: 10), times);
    }

    [Fact]
    public void A_guest_that_ran_no_test_has_no_times() => Assert.Throws<GuestException>(() => GuestTimes.Of(Run(RunRecord.Empty)));

    [Fact]
    public void Only_tests_that_passed_in_both_are_compared()
    {
        var guest = Record(("a", TestOutcome.Passed, 1), ("b", TestOutcome.Failed, 50), ("c", TestOutcome.Passed, 3), ("only here", TestOutcome.Passed, 50));
        var host = Record(("a", TestOutcome.Passed, 0.1), ("b", TestOutcome.Passed, 50), ("c", TestOutcome.Passed, 0.2), ("only there", TestOutcome.Passed, 50));
        var (inGuest, onHost, count) = SuiteBench.Common(guest, host);
        Assert.Equal((4, 0.3, 2), (inGuest, Math.Round(onHost, 9), count));
    }

    [Fact]
    public async Task Protection_is_paired_with_populating_first()
    {
        const string stream = """
            {"event":"boot","release":"6.1"}
            {"event":"measure","what":"protect","how":"untouched","bytes":1,"prefault":0.000001,"protect":0.02,"t":1}
            {"event":"measure","what":"protect","how":"populated","bytes":1,"prefault":0.9,"protect":0.1,"t":2}
            """;
        var withFeature = new MeasureSubject("variant", (_, _, _) => Task.FromResult(stream));
        var without = new MeasureSubject(
            "base", (_, _, _) => Task.FromResult(string.Join('\n', stream.Split('\n').Where(line => !line.Contains("untouched", StringComparison.Ordinal)))));
        var pairs = await BenchRunner.RunAsync(
            [new ProtectBench([withFeature, without])], _ => 1, new Guest.RecordedProgress(), TestContext.Current.CancellationToken);
        var pair = Assert.Single(pairs);
        Assert.Equal(0.02, pair.Ratio.Median, 9);
        Assert.Equal(["populate", "protect"], pair.Parts.Select(part => part.Name));
    }

    [Fact]
    public void An_edit_appends_to_the_file_with_its_last_lines_as_context()
    {
        var patch = SourceEdit.PatchFor("mm/x.c", "a\nb\nc\nd\n", "value").Split('\n');
        Assert.Contains("@@ -2,3 +2,5 @@", patch);
        Assert.Equal([" b", " c", " d", "+", "+static const char faultline_bench[] __attribute__((used)) = \"value\";", "-- ", "2", ""], patch[^8..]);
    }

    private static GuestRun Run(RunRecord record) => new(
        new RunEvidence(record, KernelLog.Empty, GuestEnding.Stopped, null), ImmutableDictionary<string, string>.Empty, BootSeconds: 3, FirstTestSeconds: 6, Seconds: 10);

    private static RunRecord Record(params (string Id, TestOutcome Outcome, double Seconds)[] results) =>
        new() { Results = [.. results.Select(result => new TestResult(result.Id, result.Outcome, result.Seconds, 0))] };
}
