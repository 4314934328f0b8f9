using Faultline.Harness.Judging;
using Faultline.Harness.Results;
using Faultline.Harness.Tests.Results;

namespace Faultline.Harness.Tests.Judging;

public sealed class VerdictRulesTests
{
    private const string Oops = "[    5.200000] BUG: kernel NULL pointer dereference, address: 0000000000000008\n[    5.200001] ---[ end trace 0000000000000000 ]---\n";

    [Fact]
    public void A_complete_clean_run_passes()
    {
        var verdict = VerdictRules.Judge(Streams.Evidence(Streams.Banner, GuestEnding.Stopped, Streams.Clean));
        Assert.Equal(VerdictKind.Pass, verdict.Kind);
        Assert.Equal(0, verdict.ExitCode);
        Assert.Equal("2 of 2 tests passed", verdict.Summary);
    }

    [Fact]
    public void Leaving_out_any_event_of_a_clean_run_but_boot_hello_and_start_is_no_pass()
    {
        foreach (var missing in Enumerable.Range(0, Streams.Clean.Length))
        {
            var rest = Streams.Clean.Where((_, i) => i != missing).ToArray();
            var verdict = VerdictRules.Judge(Streams.Evidence(Streams.Banner, GuestEnding.Stopped, rest));
            var needed = Streams.Clean[missing] is var line && !line.Contains("\"boot\"", StringComparison.Ordinal)
                && !line.Contains("\"hello\"", StringComparison.Ordinal) && !line.Contains("\"start\"", StringComparison.Ordinal);
            Assert.True(needed != verdict.IsPass, $"without line {missing}: {verdict.Kind}");
        }
    }

    [Fact]
    public void A_failed_test_fails_the_kernel_and_names_the_row_and_the_difference()
    {
        var lines = Streams.Clean.ToArray();
        lines[4] = Streams.Result("R1", "failed", "\"message\":\"no\",\"expected\":{\"event\":\"wp|write\",\"faults\":\"0+1\"},\"observed\":{\"event\":\"none\",\"faults\":\"0+1\"}");
        lines[^1] = Streams.Exit(1);
        var verdict = VerdictRules.Judge(Streams.Evidence(Streams.Banner, GuestEnding.Stopped, lines));

        Assert.Equal(VerdictKind.Failed, verdict.Kind);
        Assert.Equal("1 of 2 tests failed: R1", verdict.Summary);
        Assert.Equal("R1: event is none, expected wp|write", Assert.Single(verdict.Reasons));
    }

    /// <summary>Whoever writes an expectation needs the name of its table, which is not the row's where a row has several.</summary>
    [Fact]
    public void A_failed_scenario_is_told_by_the_name_of_its_table_too()
    {
        string[] lines =
        [
            """{"event":"plan","tests":[{"id":"Scenarios.Two","row":"R39","scenario":"R39-again"}]}""",
            Streams.Result("Scenarios.Two", "failed", "\"expected\":{\"event\":\"wp\"},\"observed\":{\"event\":\"none\"}"),
        ];
        Assert.Equal(
            "R39-again Scenarios.Two: event is none, expected wp", Assert.Single(VerdictRules.FailureReasons(Streams.Record(lines))));
    }

    [Fact]
    public void A_row_with_several_failed_tests_is_named_once()
    {
        var plan = Streams.Plan.Replace("\"suite\":\"generated\"", "\"suite\":\"scenario\",\"row\":\"R1\"", StringComparison.Ordinal);
        var lines = Streams.Clean.Select(line => line == Streams.Plan ? plan : line).ToArray();
        (lines[4], lines[6]) = (Streams.Result("R1", "failed"), Streams.Result("Abi.Layout", "failed", t: 3));
        lines[7] = Streams.End(passed: 0, failed: 2);
        lines[^1] = Streams.Exit(1);

        Assert.Equal("2 of 2 tests failed: R1", VerdictRules.Judge(Streams.Evidence(Streams.Banner, GuestEnding.Stopped, lines)).Summary);
    }

    [Fact]
    public void A_splat_is_never_a_pass_even_when_every_test_passes()
    {
        var verdict = VerdictRules.Judge(Streams.Evidence(Streams.Banner + Oops, GuestEnding.Stopped, Streams.Clean));

        Assert.Equal(VerdictKind.Crashed, verdict.Kind);
        Assert.Equal(7, verdict.ExitCode);
        // hello: t 0.5 at uptime 4.5, so uptime 5.2 is t 1.2: R1 ran from 1 to 2.
        Assert.Equal(["R1"], verdict.InFlight);
    }

    [Fact]
    public void A_fatal_oops_names_the_test_that_had_started()
    {
        var verdict = VerdictRules.Judge(Streams.Evidence(
            Streams.Banner + Oops.Replace("[    5.200000] ", "", StringComparison.Ordinal), GuestEnding.Stopped,
            Streams.Boot, Streams.Plan, Streams.Start("R1"), Streams.Result("R1"), Streams.Start("Abi.Layout")));

        Assert.Equal(VerdictKind.Crashed, verdict.Kind);
        Assert.Equal(["Abi.Layout"], verdict.InFlight);
        Assert.Contains("while Abi.Layout was running", verdict.Summary, StringComparison.Ordinal);
        Assert.Contains("NULL pointer", verdict.Excerpt, StringComparison.Ordinal);
    }

    /// <summary>An emulated CPU's clock in the kernel log stands still for milliseconds: by it, the test before was still running.</summary>
    [Theory]
    [InlineData(Oops, "Abi.Layout")]
    [InlineData("[    5.200000] WARNING: CPU: 0 PID: 71 at mm/userfaultfd.c:1 mwriteprotect_range+0x1/0x2\n", "R1")]
    public void Of_a_splat_that_ends_the_guest_the_test_that_never_ended_is_the_cause_whatever_the_clock_says(string splat, string test)
    {
        var verdict = VerdictRules.Judge(Streams.Evidence(
            Streams.Banner + splat, GuestEnding.Stopped,
            Streams.Boot, Streams.Hello, Streams.Plan, Streams.Start("R1"), Streams.Result("R1", t: 1.201), Streams.Start("Abi.Layout", 1.202)));
        Assert.Equal([test], verdict.InFlight);
    }

    [Fact]
    public void A_panic_at_boot_says_so()
    {
        var verdict = VerdictRules.Judge(Streams.Evidence(Streams.Banner + "[    0.500000] Kernel panic - not syncing: no\n", GuestEnding.Stopped));
        Assert.Equal(VerdictKind.Crashed, verdict.Kind);
        Assert.Contains("while booting", verdict.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deadline_names_the_test_in_flight_and_shows_the_blocked_tasks()
    {
        var log = Streams.Banner + "[   60.000001] sysrq: Show Blocked State\n[   60.000005]  handle_userfault+0x3ac/0x6a0\n";
        var verdict = VerdictRules.Judge(Streams.Evidence(log, GuestEnding.Deadline, Streams.Boot, Streams.Hello, Streams.Plan, Streams.Start("R1")));

        Assert.Equal(VerdictKind.Hung, verdict.Kind);
        Assert.Equal(8, verdict.ExitCode);
        Assert.Equal(["R1"], verdict.InFlight);
        Assert.Contains("handle_userfault", verdict.Excerpt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the kernel did not reach user space in 80 s")]
    [InlineData("the suite announced no plan in 80 s", Streams.Boot)]
    [InlineData("the run passed its deadline while R1 was running", Streams.Boot, Streams.Hello, Streams.Plan, """{"event":"start","id":"R1","t":1}""")]
    [InlineData("after the suite's end, the machine did not switch off in 80 s", Streams.Boot, Streams.Hello, Streams.Plan, """{"event":"end","passed":0,"failed":0,"skipped":0,"seconds":1}""", """{"event":"exit","code":0}""")]
    public void A_deadline_says_what_did_not_happen_in_time(string summary, params string[] lines)
    {
        var verdict = VerdictRules.Judge(Streams.Evidence(Streams.Banner, GuestEnding.Deadline, lines) with { Limit = 80, Detail = "RIP=ffffffff81000000" });
        Assert.Equal((VerdictKind.Hung, summary), (verdict.Kind, verdict.Summary));
        Assert.Contains("RIP=ffffffff81000000", verdict.Excerpt, StringComparison.Ordinal);
        Assert.Contains("Linux version", verdict.Excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_that_wait_are_told_by_the_suite_and_by_the_watchdog()
    {
        var verdict = VerdictRules.Judge(Streams.Evidence(
            Streams.Banner, GuestEnding.Deadline, Streams.Boot, Streams.Hello, Streams.Plan, Streams.Start("R1"),
            """{"event":"hang","id":"R1","deadline":20,"t":21,"threads":["thread 71 (writer) in handle_userfault"]}""",
            """{"event":"watchdog","why":"hang"}""", """{"event":"thread","text":"thread 1 (init) S do_wait"}"""));
        Assert.Equal(VerdictKind.Hung, verdict.Kind);
        Assert.Contains("thread 71 (writer) in handle_userfault\nthread 1 (init) S do_wait", verdict.Excerpt, StringComparison.Ordinal);
    }

    /// <summary>Whatever a kernel or a program of the guest writes to the kernel log, the harness believes only its own ports.</summary>
    [Theory]
    [InlineData("faultline-watchdog: run deadline of 60 s passed")]
    [InlineData("faultline-watchdog: a test hung and the suite does not end")]
    [InlineData("faultline-suite: thread 71 (writer) in handle_userfault")]
    [InlineData("faultline-init: no virtio disk has the serial 'runtime'")]
    [InlineData("faultline-init: alive")]
    [InlineData("sysrq: Show Blocked State")]
    [InlineData("{\"event\":\"watchdog\",\"seconds\":60}")]
    [InlineData("{\"event\":\"exit\",\"code\":3}")]
    [InlineData("ending deadline")]
    [InlineData("[... 12 bytes left out ...]")]
    public void A_line_of_the_kernel_log_is_never_the_harnesss_word(string line)
    {
        var evidence = Streams.Evidence($"{Streams.Banner}[    5.000000] {line}\n{line}\n", GuestEnding.Stopped, Streams.Clean);
        Assert.True(VerdictRules.Judge(evidence).IsPass);
        Assert.Empty(RunNotes.Of(evidence));
    }

    [Theory]
    [InlineData(nameof(GuestEnding.Killed), "container x was removed from outside while it ran. Run again.", "the guest was ended from outside: container x was removed from outside while it ran. Run again.")]
    [InlineData(nameof(GuestEnding.Broken), "qemu: could not load kernel", "the guest could not be run: qemu: could not load kernel")]
    public void What_somebody_did_to_the_guest_is_no_finding_about_its_kernel(string ending, string detail, string summary)
    {
        var evidence = Streams.Evidence(Streams.Banner, Enum.Parse<GuestEnding>(ending), Streams.Boot, Streams.Plan, Streams.Start("R1"));
        var verdict = VerdictRules.Judge(evidence with { Detail = detail });
        Assert.Equal((VerdictKind.Infrastructure, summary), (verdict.Kind, verdict.Summary));
    }

    [Fact]
    public void An_init_that_gives_up_says_why()
    {
        var verdict = VerdictRules.Judge(Streams.Evidence(Streams.Banner, GuestEnding.Stopped, """{"event":"gave-up","reason":"the payload image cannot be mounted"}"""));
        Assert.Equal(VerdictKind.Infrastructure, verdict.Kind);
        Assert.Contains("the payload image cannot be mounted", verdict.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void The_NMI_that_ends_a_dead_guest_is_not_taken_for_its_cause()
    {
        var log = Streams.Banner + "[   90.000001] Kernel panic - not syncing: NMI: Not continuing\n";
        var verdict = VerdictRules.Judge(Streams.Evidence(log, GuestEnding.Deadline, Streams.Boot, Streams.Hello, Streams.Plan, Streams.Start("R1")));
        Assert.Equal(VerdictKind.Hung, verdict.Kind);
    }

    [Fact]
    public void A_test_deadline_reported_by_the_payload_is_a_hang()
    {
        var verdict = VerdictRules.Judge(Streams.Evidence(
            Streams.Banner, GuestEnding.Stopped,
            Streams.Boot, Streams.Plan, Streams.Start("R1"), """{"event":"hang","id":"R1","deadline":20,"t":21}""", Streams.End(0, 1), Streams.Exit(3)));
        Assert.Equal(VerdictKind.Hung, verdict.Kind);
        Assert.Equal("R1 did not finish within 20 s", verdict.Summary);
    }

    [Fact]
    public void Nothing_reported_is_vacuous_and_nothing_booted_is_infrastructure()
    {
        Assert.Equal(VerdictKind.Vacuous, Judge(Streams.Boot, Streams.Exit()));
        Assert.Equal(VerdictKind.Vacuous, Judge(Streams.Boot, Streams.Hello, """{"event":"plan","tests":[]}""", Streams.End(0), Streams.Exit()));
        Assert.Equal(VerdictKind.Vacuous, Judge(
            Streams.Boot, Streams.Plan, Streams.Result("R1", "skipped", "\"reason\":\"x\""), Streams.Result("Abi.Layout", "skipped", "\"reason\":\"x\""), Streams.End(0, 0, 2), Streams.Exit()));
        Assert.Equal(VerdictKind.Infrastructure, VerdictRules.Judge(Streams.Evidence("", GuestEnding.Stopped)).Kind);
        Assert.Equal(VerdictKind.Infrastructure, VerdictRules.Judge(Streams.Evidence("", GuestEnding.Deadline)).Kind);
        Assert.Equal(VerdictKind.Infrastructure, VerdictRules.Judge(Streams.Evidence("", GuestEnding.Broken)).Kind);
        Assert.Equal(VerdictKind.Infrastructure, Judge(Streams.Boot, Streams.Exit(2)));
        Assert.Equal(VerdictKind.Infrastructure, Judge(Streams.Boot, Streams.Exit(134)));
    }

    [Fact]
    public void A_suite_killed_in_a_test_fails_that_test()
    {
        var verdict = VerdictRules.Judge(Streams.Evidence(Streams.Banner, GuestEnding.Stopped, Streams.Boot, Streams.Plan, Streams.Start("R1"), Streams.Exit(139)));
        Assert.Equal(VerdictKind.Failed, verdict.Kind);
        Assert.Equal("the suite died with signal 11 while R1 was running", verdict.Summary);
    }

    [Fact]
    public void A_skip_needs_a_reason_and_a_junk_line_is_no_pass()
    {
        var skipped = Streams.Clean.ToArray();
        skipped[4] = Streams.Result("R1", "skipped");
        Assert.Equal(VerdictKind.Failed, Judge(skipped));
        skipped[4] = Streams.Result("R1", "skipped", "\"reason\":\"no huge pages\"");
        Assert.Equal(VerdictKind.Pass, Judge(skipped));
        Assert.Equal(VerdictKind.Failed, Judge(["junk", .. Streams.Clean]));
    }

    [Fact]
    public void Every_kind_has_a_name_an_exit_code_and_a_place_in_the_precedence()
    {
        var kinds = Enum.GetValues<VerdictKind>();
        Assert.Equal(kinds.Order(), VerdictKinds.Precedence.Order());
        Assert.Equal(kinds.Length, kinds.Select(kind => kind.ExitCode()).Distinct().Count());
        Assert.All(kinds, kind => Assert.Equal(kind, VerdictKinds.Parse(kind.Name())));
    }

    [Theory]
    [InlineData("passed")]
    [InlineData("Pass")]
    [InlineData("10")]
    [InlineData("")]
    public void A_name_that_no_verdict_has_is_an_error_and_not_another_verdict(string name) => Assert.Equal(
        $"'{name}' is not a verdict; there are crashed, hung, failed, patch-does-not-apply, kconfig-dropped, kernel-build-failed, vacuous, "
        + "abi-drift, infrastructure, pass.",
        Assert.Throws<FormatException>(() => VerdictKinds.Parse(name)).Message);

    [Fact]
    public void The_worst_kernel_speaks_for_the_run()
    {
        Assert.Equal(VerdictKind.Pass, VerdictKinds.Overall([VerdictKind.Pass, VerdictKind.Pass]));
        Assert.Equal(VerdictKind.Crashed, VerdictKinds.Overall([VerdictKind.Failed, VerdictKind.Crashed, VerdictKind.Infrastructure]));
        Assert.Equal(VerdictKind.Vacuous, VerdictKinds.Overall([VerdictKind.Pass, VerdictKind.Vacuous]));
        Assert.Equal(VerdictKind.Infrastructure, VerdictKinds.Overall([]));
    }

    private static VerdictKind Judge(params string[] lines) => VerdictRules.Judge(Streams.Evidence(Streams.Banner, GuestEnding.Stopped, lines)).Kind;
}
