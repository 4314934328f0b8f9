using Faultline.Harness.Judging;
using Faultline.Harness.Results;
using Faultline.Harness.Tests.Results;

namespace Faultline.Harness.Tests.Judging;

public sealed class MutantRulesTests
{
    private const string Plan = """
        {"event":"plan","tests":[{"id":"S.One","row":"R39","scenario":"R39-again"},{"id":"S.Two","row":"R12","scenario":"R12"}]}
        """;

    [Fact]
    public void One_that_every_test_passes_on_survived()
    {
        var judged = Judge(Streams.Result("S.One"), Streams.Result("S.Two"));
        Assert.Equal(VerdictKind.Vacuous, judged.Verdict.Kind);
        Assert.Empty(judged.KilledBy);
        Assert.Equal("it survived: every test passes, and R39-again should not", judged.Verdict.Summary);
    }

    [Fact]
    public void The_row_that_is_for_its_mistake_kills_it()
    {
        var judged = Judge(Streams.Result("S.One", "failed"), Streams.Result("S.Two", "failed"));
        Assert.Equal(VerdictKind.Pass, judged.Verdict.Kind);
        Assert.Equal(["R39-again", "R12"], judged.KilledBy);
        Assert.Equal("killed by R39-again, R12", judged.Verdict.Summary);
    }

    [Fact]
    public void Another_row_alone_does_not_do()
    {
        var judged = Judge(Streams.Result("S.One"), Streams.Result("S.Two", "failed"));
        Assert.Equal(VerdictKind.Failed, judged.Verdict.Kind);
        Assert.Equal("killed by R12, and R39-again noticed nothing", judged.Verdict.Summary);
    }

    [Fact]
    public void A_row_in_which_the_kernel_stopped_noticed_it_and_so_did_the_log()
    {
        var crashed = MutantRules.Judge(
            Streams.Evidence(
                Streams.Banner + "[    5.0] kernel BUG at mm/memory.c:1!\n", GuestEnding.Stopped, Streams.Boot, Plan,
                Streams.Start("S.One")),
            ["R39-again"]);
        Assert.Equal(VerdictKind.Pass, crashed.Verdict.Kind);
        Assert.Equal(["R39-again", MutantVerdict.Splat], crashed.KilledBy);
    }

    [Fact]
    public void A_test_that_does_not_end_noticed_it()
    {
        const string hang = """{"event":"hang","id":"S.Two","deadline":30,"threads":[]}""";
        string[] lines = [Streams.Boot, Plan, Streams.Start("S.Two"), hang, Streams.Exit(3)];
        var hung = MutantRules.Judge(Streams.Evidence(Streams.Banner, GuestEnding.Stopped, lines), [MutantVerdict.Hang]);
        Assert.Equal(VerdictKind.Pass, hung.Verdict.Kind);
        Assert.Equal(["R12", MutantVerdict.Hang], hung.KilledBy);
    }

    [Fact]
    public void A_guest_that_told_nothing_killed_nothing()
    {
        var judged = MutantRules.Judge(Streams.Evidence("", GuestEnding.Stopped), ["R12"]);
        Assert.Equal(VerdictKind.Infrastructure, judged.Verdict.Kind);
        Assert.Empty(judged.KilledBy);
    }

    private static MutantVerdict Judge(params string[] results)
    {
        var failed = results.Count(result => result.Contains("failed", StringComparison.Ordinal));
        return MutantRules.Judge(
            Streams.Evidence(Streams.Banner, GuestEnding.Stopped,
                [Streams.Boot, Streams.Hello, Plan, .. results, Streams.End(2 - failed, failed), Streams.Exit(failed > 0 ? 1 : 0)]),
            ["R39-again"]);
    }
}
