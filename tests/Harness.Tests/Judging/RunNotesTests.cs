using Faultline.Harness.Judging;
using Faultline.Harness.Results;
using Faultline.Harness.Tests.Results;

namespace Faultline.Harness.Tests.Judging;

/// <summary>What is told beside a verdict without deciding it.</summary>
public sealed class RunNotesTests
{
    private static readonly string[] Untainted = [.. Streams.Clean[..^1], """{"event":"exit","code":0,"taint":0,"log":8.0}"""];

    [Fact]
    public void A_hole_in_the_kernel_log_is_mentioned_and_what_the_taint_flags_say_of_it()
    {
        var evidence = Streams.Evidence(Streams.Banner + "** 12 printk messages dropped **\n[    8.000000] the end\n", GuestEnding.Stopped, Untainted);
        Assert.True(VerdictRules.Judge(evidence).IsPass);
        var note = Assert.Single(RunNotes.Of(evidence));
        Assert.Contains("dropped 12 messages", note, StringComparison.Ordinal);
        Assert.Contains("no warning, oops or bad page", note, StringComparison.Ordinal);

        evidence = evidence with { Record = evidence.Record with { Exit = new ExitEvent(0) } };
        Assert.Contains("A splat among them would be missing here", Assert.Single(RunNotes.Of(evidence)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[    5.000000] net_ratelimit: 4 callbacks suppressed\n[    8.000000] the end\n", "left out 4 messages")]
    [InlineData("[    5.000000] the last line\n[    8.100000] reboot: Power down\n", "the kernel log lacks the line that init wrote at the suite's end")]
    public void So_is_a_log_that_says_less_than_the_kernel_did(string log, string words)
    {
        var evidence = Streams.Evidence(Streams.Banner + log, GuestEnding.Stopped, Untainted);
        Assert.True(VerdictRules.Judge(evidence).IsPass);
        Assert.Contains(words, Assert.Single(RunNotes.Of(evidence)), StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_a_log_too_long_to_be_kept()
    {
        var evidence = Streams.Evidence(Streams.Banner, GuestEnding.Stopped, Streams.Clean);
        evidence = evidence with { Log = evidence.Log with { LeftOut = 300 << 20 } };
        Assert.Contains("300 MiB", Assert.Single(RunNotes.Of(evidence)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3.9, 0)]
    [InlineData(4, 1)]
    [InlineData(18, 1)]
    public void A_busy_machine_is_mentioned(double waited, int notes)
    {
        var evidence = Streams.Evidence(Streams.Banner, GuestEnding.Stopped, Streams.Clean) with { Host = new HostLoad(20, waited, 20.5, 2) };
        Assert.True(VerdictRules.Judge(evidence).IsPass);
        Assert.Equal(notes, RunNotes.Of(evidence).Length);
        Assert.All(RunNotes.Of(evidence), note => Assert.Contains($"for {waited:0.0} of 20.0 s (load 20.5 on 2 processors)", note, StringComparison.Ordinal));
    }
}
