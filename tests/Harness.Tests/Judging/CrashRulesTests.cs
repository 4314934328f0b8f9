using Faultline.Harness.Judging;
using Faultline.Harness.Results;
using Faultline.Harness.Tests.Results;

namespace Faultline.Harness.Tests.Judging;

/// <summary>What a kernel did to itself, and when.</summary>
public sealed class CrashRulesTests
{
    private const string BootWithLog = """{"event":"boot","release":"6.1.0","clocksource":"tsc","uptime":1.5,"log":1.6}""";
    private const string Warning = "WARNING: CPU: 0 PID: 1 at mm/userfaultfd.c:1 x+0x1/0x2";
    private const string Panic = "Kernel panic - not syncing: no";

    /// <summary>hello: t 0.5 at uptime 4.5; R1 runs from t 1 to 2, Abi.Layout to 3.</summary>
    private static readonly string[] Whole =
        [BootWithLog, Streams.Hello, Streams.Plan, Streams.Start("R1"), Streams.Result("R1"), Streams.Start("Abi.Layout", 2), Streams.Result("Abi.Layout", t: 3), Streams.End()];

    [Theory]
    [InlineData(0.4, Warning, "kernel warning while booting, before the suite started")]
    [InlineData(1.59, Warning, "kernel warning while booting, before the suite started")]
    [InlineData(1.61, Warning, "kernel warning during the suite")]
    [InlineData(5.2, Warning, "kernel warning around the time of R1")]
    [InlineData(4.95, Warning, "kernel warning around the time of R1")]
    [InlineData(7.05, Warning, "kernel warning around the time of Abi.Layout")]
    [InlineData(7.2, Warning, "kernel warning after the last test")]
    [InlineData(8.01, Warning, "kernel warning at power-off, after the suite's end")]
    [InlineData(8.01, Panic, "panic at power-off, after the suite's end")]
    public void The_stage_is_told_by_the_logs_own_clock(double uptime, string title, string summary)
    {
        var verdict = Judge(uptime, title, [.. Whole, """{"event":"exit","code":0,"taint":512,"log":8.0}"""]);
        Assert.Equal((VerdictKind.Crashed, $"{summary}: {title}"), (verdict.Kind, verdict.Summary));
    }

    [Fact]
    public void A_panic_after_the_suites_end_is_at_power_off_even_without_that_clock() =>
        Assert.StartsWith("panic at power-off, after the suite's end", Judge(8.01, Panic, [.. Whole, Streams.Exit()]).Summary, StringComparison.Ordinal);

    [Theory]
    [InlineData(nameof(GuestEnding.Reset), "the machine reset itself while booting, before the suite started: a triple fault")]
    [InlineData(nameof(GuestEnding.Reset), "the machine reset itself after boot, before the suite announced its plan: a triple fault", Streams.Boot)]
    [InlineData(nameof(GuestEnding.Reset), "the machine reset itself while R1 was running: a triple fault", Streams.Boot, Streams.Plan, """{"event":"start","id":"R1","t":1}""")]
    [InlineData(nameof(GuestEnding.Reset), "the machine reset itself between two tests: a triple fault", Streams.Boot, Streams.Plan)]
    [InlineData(nameof(GuestEnding.Reset), "the machine reset itself at power-off, after the suite's end: a triple fault", Streams.Boot, Streams.Plan, """{"event":"exit","code":0}""")]
    [InlineData(nameof(GuestEnding.Stopped), "the machine switched itself off while booting, before the suite started: nobody")]
    [InlineData(nameof(GuestEnding.Stopped), "the machine switched itself off while R1 was running: nobody", Streams.Boot, Streams.Plan, """{"event":"start","id":"R1","t":1}""")]
    public void A_machine_that_stops_by_itself_is_its_kernels_doing(string ending, string summary, params string[] lines)
    {
        var (kind, isReset) = (Enum.Parse<GuestEnding>(ending), ending == nameof(GuestEnding.Reset));
        var verdict = VerdictRules.Judge(Streams.Evidence(Streams.Banner, kind, lines) with { Detail = isReset ? "RIP=ffffffff81000000" : null });
        Assert.Equal((VerdictKind.Crashed, 7), (verdict.Kind, verdict.ExitCode));
        Assert.StartsWith(summary, verdict.Summary, StringComparison.Ordinal);
        Assert.Contains("Linux version", verdict.Excerpt, StringComparison.Ordinal);
        Assert.Equal(isReset, verdict.Excerpt!.Contains("RIP=ffffffff81000000", StringComparison.Ordinal));
    }

    [Fact]
    public void A_panic_that_resets_the_machine_is_told_as_the_panic() =>
        Assert.StartsWith("panic while R1 was running", VerdictRules.Judge(Streams.Evidence(
            $"{Streams.Banner}[    5.000000] {Panic}\n", GuestEnding.Reset, Streams.Boot, Streams.Plan, Streams.Start("R1"))).Summary, StringComparison.Ordinal);

    [Theory]
    [InlineData(1 << 9, "W: a warning")]
    [InlineData(1 << 7, "D: an oops or BUG")]
    [InlineData(1 << 5, "B: a bad page")]
    [InlineData(1 << 14, "L: a soft lockup")]
    [InlineData((1 << 9) | (1 << 12), "W: a warning")]
    public void A_tainted_kernel_with_a_clean_log_lost_the_lines(long taint, string words)
    {
        var verdict = Tainted(taint);
        Assert.Equal(VerdictKind.Crashed, verdict.Kind);
        Assert.Equal($"the kernel is tainted ({words}), but its log lost the lines that say why", verdict.Summary);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 | (1 << 12) | (1 << 13) | (1 << 18))]
    public void Modules_and_the_like_taint_without_a_complaint(long taint) => Assert.True(Tainted(taint).IsPass);

    private static Verdict Tainted(long taint) => VerdictRules.Judge(Streams.Evidence(
        Streams.Banner, GuestEnding.Stopped, [.. Streams.Clean[..^1], $$"""{"event":"exit","code":0,"taint":{{taint}}}"""]));

    private static Verdict Judge(double uptime, string title, string[] lines) => VerdictRules.Judge(Streams.Evidence(
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Streams.Banner}[    {uptime:0.000000}] {title}\n"), GuestEnding.Stopped, lines));
}
