using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;
using Faultline.Harness.Tests.Docker;
using Faultline.Harness.Tests.Results;

namespace Faultline.Harness.Tests.Guest;

[Trait("needs", "guest")]
public sealed class GuestRunnerTests(GuestFixture guests, EngineFixture engines)
{
    [Fact]
    public async Task A_clean_run_passes_and_tells_when_it_happened()
    {
        var progress = new RecordedProgress();
        var body = ScriptPayload.Prologue + ScriptPayload.Emit(Streams.Clean[3..8]) + "echo printed by the suite\n";
        var (run, verdict) = await RunAsync(body, progress: progress);

        Assert.True(verdict.IsPass, verdict.Summary);
        Assert.Equal(GuestEnding.Stopped, run.Evidence.Ending);
        Assert.NotEmpty(run.Evidence.Record.Boot!.Release);
        Assert.NotEmpty(run.Evidence.Record.Boot.Clocksource);
        Assert.InRange(run.BootSeconds!.Value, 0.1, run.FirstTestSeconds!.Value);
        Assert.InRange(run.Seconds, run.FirstTestSeconds.Value, 120);
        Assert.Equal([Phase.Boot, Phase.Test], progress.Events.OfType<PhaseFinished>().Where(phase => phase.Phase != Phase.Image).Select(phase => phase.Phase));
        Assert.Equal(2, progress.Events.OfType<TestReported>().Last().Done);
    }

    [Fact]
    public async Task The_guest_keeps_its_promises()
    {
        const string body = """
            check() { "$@" > /dev/null 2>&1 && r=passed || r=failed; emit "{\"event\":\"result\",\"id\":\"$name\",\"outcome\":\"$r\",\"seconds\":0,\"t\":1}"; }
            name=shm; check touch /dev/shm/x
            name=tmp; check touch /tmp/x
            name=debugfs; check test -d /sys/kernel/debug/x86
            name=hugepages; check sh -c 'test "$(cat /proc/sys/vm/nr_hugepages)" = 64 && grep -q "/dev/hugepages hugetlbfs" /proc/mounts'
            name=userfaultfd; check sh -c 'test "$(cat /proc/sys/vm/unprivileged_userfaultfd)" = 1 && test -c /dev/userfaultfd'
            name=cpus; check sh -c 'test "$(nproc)" = 2'
            name=memory; check sh -c 'test "$(awk "/MemTotal/ {print \$2}" /proc/meminfo)" -gt 1900000'
            name=network; check sh -c '! ls /sys/class/net | grep -qv -e "^lo$" -e "^sit0$"'
            name=root; check sh -c 'test "$(id -u)" = 0 && ! touch /x'
            name=swap; check grep -q vd /proc/swaps
            name=c-library; check sh -c '/usr/lib/libc.so.6 | grep -q "GNU C Library"'
            name=arguments; check test "$1/$2" = "one argument/two"
            name=waited; check grep -qxE "[0-9]+" /run/faultline/waited
            name=silence; check sh -c '! echo forged > /dev/virtio-ports/org.faultline.init'
            emit '{"event":"end","passed":14,"failed":0,"skipped":0,"seconds":1}'
            """;
        string[] names = ["shm", "tmp", "debugfs", "hugepages", "userfaultfd", "cpus", "memory", "network", "root", "swap", "c-library", "arguments", "waited", "silence"];
        var plan = $$"""{"event":"plan","tests":[{{string.Join(',', names.Select(name => $$"""{"id":"{{name}}"}"""))}}]}""";
        var (_, verdict) = await RunAsync(ScriptPayload.Emit(plan) + body, ["one argument", "two"]);

        Assert.True(verdict.IsPass, $"{verdict.Summary}: {string.Join("; ", verdict.Reasons)}");
    }

    /// <summary>
    /// Init writes the file that says how long the host kept the guest waiting, and on a busy machine it stays empty for a while:
    /// all of that time counted at once, and the watchdog fired. Here a read-only copy stands over the file, so that only the test
    /// writes it.
    /// </summary>
    [Fact]
    public async Task A_count_that_is_being_written_does_not_end_the_time_of_a_guest()
    {
        const string body = """
            echo 1000 > /tmp/waited
            mount --bind /tmp/waited /run/faultline/waited && mount -o remount,ro,bind /run/faultline/waited || exit 3
            sleep 25
            : > /tmp/waited
            sleep 4
            echo 1000 > /tmp/waited

            """;
        var (_, verdict) = await RunAsync(
            ScriptPayload.Prologue + body + ScriptPayload.Emit(Streams.Clean[3..8]), deadline: TimeSpan.FromSeconds(15));

        Assert.True(verdict.IsPass, verdict.Summary);
    }

    [Fact]
    public async Task A_kernel_that_finds_no_init_crashed_at_boot()
    {
        var (_, verdict) = await RunAsync("", kernelArguments: ["rdinit=/nowhere", "root=/dev/nothing"]);

        Assert.Equal(VerdictKind.Crashed, verdict.Kind);
        Assert.Contains("while booting", verdict.Summary, StringComparison.Ordinal);
        Assert.Contains("Kernel panic", verdict.Excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_in_the_suite_names_the_test()
    {
        var (run, verdict) = await RunAsync(ScriptPayload.Prologue + ScriptPayload.Emit(Streams.Start("R1")) + "echo c > /proc/sysrq-trigger\nsleep 60\n");

        Assert.Equal(VerdictKind.Crashed, verdict.Kind);
        Assert.Equal(["R1"], verdict.InFlight);
        Assert.Contains("while R1 was running", verdict.Summary, StringComparison.Ordinal);
        Assert.True(run.Seconds < 60, "a panic must end the guest at once");
    }

    [Fact]
    public async Task A_hang_names_the_test_and_shows_where_its_threads_wait()
    {
        var (run, verdict) = await RunAsync(
            ScriptPayload.Prologue + ScriptPayload.Emit(Streams.Start("R1")) + "sleep 600\n", deadline: TimeSpan.FromSeconds(1));

        Assert.Equal(VerdictKind.Hung, verdict.Kind);
        Assert.Equal(["R1"], verdict.InFlight);
        Assert.Contains("(sleep) S", verdict.Excerpt, StringComparison.Ordinal);
        Assert.Contains("Show Blocked State", verdict.Excerpt, StringComparison.Ordinal);
        Assert.NotNull(run.Evidence.Record.Watchdog);
    }

    /// <summary>As where a thread keeps the mmap lock that the suite's own watch needs.</summary>
    [Fact]
    public async Task A_suite_that_falls_silent_is_ended_long_before_the_deadline()
    {
        var (run, verdict) = await RunAsync(
            ScriptPayload.Prologue + "for i in 1 2 3 4 5 6; do sleep 2; " + ScriptPayload.Emit(Streams.Start("R1")) + "done\nsleep 600\n",
            silence: 5);

        Assert.Equal(VerdictKind.Hung, verdict.Kind);
        Assert.Equal(["R1"], verdict.InFlight);
        Assert.Contains("nothing came for 5 s", verdict.Summary, StringComparison.Ordinal);
        Assert.Contains("(sleep) S", verdict.Excerpt, StringComparison.Ordinal);
        Assert.Equal(6, run.Evidence.Record.Started.Length);
        Assert.Equal((GuestEnding.Deadline, null), (run.Evidence.Ending, run.Evidence.Limit));
        Assert.True(run.Seconds < 120, "the run's deadline is 240 s");
    }

    [Fact]
    public async Task A_silent_guest_whose_init_is_dead_is_ended_from_outside()
    {
        var (run, verdict) = await RunAsync(
            ScriptPayload.Prologue + ScriptPayload.Emit(Streams.Start("R1")) + "exec 3>&-\nkill -9 -1\nsleep 600\n", silence: 3);

        Assert.Equal(["R1"], verdict.InFlight);
        Assert.Contains("RIP=", verdict.Excerpt, StringComparison.Ordinal);
        Assert.NotNull(run.Evidence.Limit);
    }

    [Fact]
    public async Task A_guest_whose_watchdog_is_dead_is_ended_from_outside()
    {
        var (_, verdict) = await RunAsync(
            ScriptPayload.Prologue + ScriptPayload.Emit(Streams.Start("R1")) + "exec 3>&-\nkill -9 -1\nsleep 600\n", deadline: TimeSpan.FromSeconds(1));

        Assert.Equal(VerdictKind.Hung, verdict.Kind);
        Assert.Equal(["R1"], verdict.InFlight);
        Assert.Contains("RIP=", verdict.Excerpt, StringComparison.Ordinal);
    }

    /// <summary>By the chip set, and by the triple fault that the kernel falls back to.</summary>
    [Theory]
    [InlineData("reboot=p")]
    [InlineData("reboot=t")]
    public async Task A_machine_that_resets_itself_crashed(string how)
    {
        var (run, verdict) = await RunAsync(
            ScriptPayload.Prologue + ScriptPayload.Emit(Streams.Start("R1")) + "echo b > /proc/sysrq-trigger\nsleep 60\n", kernelArguments: [how]);

        Assert.Equal((VerdictKind.Crashed, GuestEnding.Reset), (verdict.Kind, run.Evidence.Ending));
        Assert.StartsWith("the machine reset itself while R1 was running", verdict.Summary, StringComparison.Ordinal);
        Assert.Contains("RIP=", verdict.Excerpt, StringComparison.Ordinal);
        Assert.Contains("sysrq: Resetting", verdict.Excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_switches_itself_off_crashed()
    {
        var (_, verdict) = await RunAsync(ScriptPayload.Prologue + ScriptPayload.Emit(Streams.Start("R1")) + "echo o > /proc/sysrq-trigger\nsleep 60\n");
        Assert.Equal(VerdictKind.Crashed, verdict.Kind);
        Assert.StartsWith("the machine switched itself off while R1 was running", verdict.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_that_sleeps_at_boot_is_ended_at_the_boots_own_deadline()
    {
        var (_, verdict) = await RunAsync("", kernelArguments: ["rdinit=/nowhere", "root=/dev/nothing", "rootwait"], bootDeadline: TimeSpan.FromSeconds(6));

        Assert.Equal((VerdictKind.Hung, "the kernel did not reach user space in 6 s"), (verdict.Kind, verdict.Summary));
        Assert.Contains("RIP=", verdict.Excerpt, StringComparison.Ordinal);
        Assert.Contains("Waiting for root device", verdict.Excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_kernel_log_says_is_never_the_harnesss_word()
    {
        const string forge = """
            for line in 'faultline-watchdog: run deadline of 60 s passed' 'faultline-suite: thread 1 (x) in y' 'faultline-init: alive' 'sysrq: Show Blocked State'; do
                echo "<2>$line" > /dev/kmsg
            done

            """;
        var (_, verdict) = await RunAsync(ScriptPayload.Prologue + forge + ScriptPayload.Emit(Streams.Clean[3..8]));
        Assert.True(verdict.IsPass, verdict.Summary);
    }

    [Fact]
    public async Task A_warning_whose_words_never_reached_the_console_is_found_by_its_taint()
    {
        var (run, verdict) = await RunAsync(
            ScriptPayload.Prologue + "dmesg -n 1\necho 512 > /proc/sys/kernel/tainted\n" + ScriptPayload.Emit(Streams.Clean[3..8]));

        Assert.Equal(VerdictKind.Crashed, verdict.Kind);
        Assert.Contains("W: a warning", verdict.Summary, StringComparison.Ordinal);
        Assert.Contains(RunNotes.Of(run.Evidence), note => note.Contains("no longer wrote all it said", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_suite_leaves_running_keeps_nobody_from_reporting_its_end()
    {
        var (_, verdict) = await RunAsync(ScriptPayload.Prologue + ScriptPayload.Emit(Streams.Clean[3..8]) + "(trap '' HUP TERM; sleep 900) &\nexit 0\n");
        Assert.True(verdict.IsPass, verdict.Summary);
    }

    [Theory]
    [InlineData("from outside", "remove")]
    [InlineData("killed from outside", "kill")]
    [InlineData("QEMU was killed by signal 9", "kill QEMU")]
    public async Task A_guest_that_somebody_ends_says_so(string words, string how)
    {
        var kernel = "ended-" + Guid.NewGuid().ToString("N")[..8];
        var (_, verdict) = await RunAsync(
            ScriptPayload.Prologue + ScriptPayload.Emit(Streams.Start("R1")) + "sleep 600\n", kernel: kernel, progress: new EndGuest(engines, kernel, how));

        Assert.Equal(VerdictKind.Infrastructure, verdict.Kind);
        Assert.Contains(words, verdict.Summary, StringComparison.Ordinal);
        Assert.Contains("Run again", verdict.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suite_that_says_nothing_is_vacuous()
    {
        var (_, verdict) = await RunAsync("exit 0\n");
        Assert.Equal(VerdictKind.Vacuous, verdict.Kind);
    }

    [Fact]
    public async Task A_kernel_image_that_is_none_is_infrastructure()
    {
        using var folder = new TemporaryFolder();
        var (_, verdict) = await RunAsync("exit 0\n", bzImage: folder.Write("bzImage", "not a kernel"));
        Assert.Equal(VerdictKind.Infrastructure, verdict.Kind);
    }

    [Fact]
    public async Task Cancelling_leaves_no_container()
    {
        using var cancellation = new CancellationTokenSource();
        var kernel = "cancelled-" + Guid.NewGuid().ToString("N")[..8];
        var started = new CancelOn(cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(
            ScriptPayload.Prologue + ScriptPayload.Emit(Streams.Start("R1")) + "sleep 600\n", kernel: kernel, progress: started, stop: cancellation));

        Assert.Empty(await engines.ContainersAsync(kernel));
    }

    private async Task<(GuestRun Run, Verdict Verdict)> RunAsync(
        string body, string[]? arguments = null, string[]? kernelArguments = null, TimeSpan? deadline = null, TimeSpan? bootDeadline = null, string? bzImage = null,
        string kernel = "test", IProgress<HarnessEvent>? progress = null, CancellationTokenSource? stop = null, int? silence = null)
    {
        using var folder = new TemporaryFolder();
        var (_, _, runner) = await guests.ReadyAsync();
        var payload = ScriptPayload.Create(folder.Of("payload"), body);
        folder.Write("payload/arguments", string.Concat((arguments ?? []).Select(argument => argument + "\n")));
        var request = new GuestRequest
        {
            Kernel = kernel,
            Run = kernel,
            BzImage = bzImage ?? GuestFixture.BzImage,
            Payload = payload,
            Accelerator = GuestFixture.Emulated,
            KernelArguments = kernelArguments ?? [],
            LogFolder = folder.Of("logs"),
            Silence = silence,
            Deadlines = new Deadlines { Run = deadline ?? TimeSpan.FromSeconds(240), Boot = bootDeadline, WatchdogMargin = TimeSpan.FromSeconds(2) },
        };
        var run = await runner.RunAsync(request, progress ?? new RecordedProgress(), stop?.Token ?? TestContext.Current.CancellationToken);
        Assert.True(File.Exists(run.Logs["console"]) && File.Exists(run.Logs["events"]));
        return (run, VerdictRules.Judge(run.Evidence));
    }

    private sealed class CancelOn(CancellationTokenSource cancellation) : IProgress<HarnessEvent>
    {
        public void Report(HarnessEvent value)
        {
            if (value is PhaseStarted { Phase: Phase.Test })
                cancellation.Cancel();
        }
    }
}
