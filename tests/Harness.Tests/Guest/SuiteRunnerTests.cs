using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;
using Faultline.Harness.Results;
using Faultline.Harness.Tests.Docker;
using Faultline.Harness.Tests.Results;

namespace Faultline.Harness.Tests.Guest;

[Trait("needs", "guest")]
public sealed class SuiteRunnerTests(GuestFixture guests, EngineFixture engines) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_complete_run_is_remembered_until_an_input_changes()
    {
        var (engine, images, _) = await guests.ReadyAsync();
        var runner = new SuiteRunner(engine, images, _folder.Of("artifacts", "guest"));
        var request = Request(ScriptPayload.Prologue + ScriptPayload.Emit([Streams.Live, .. Streams.Clean[3..8]]));

        var first = await runner.RunAsync(request, new RecordedProgress(), Cancellation);
        Assert.True(first.Verdict.IsPass, first.Verdict.Summary);
        Assert.False(first.Cached);
        Assert.Equal(AcceleratorKind.Tcg, first.Accelerator.Used);
        Assert.NotNull(first.Accelerator.Clocksource);
        Assert.Equal(["boot", "test"], first.Phases.Select(phase => phase.Name));

        var progress = new RecordedProgress();
        var second = await runner.RunAsync(request, progress, cancellation: Cancellation);
        Assert.True(second.Cached);
        Assert.Equal(first.Verdict.Summary, second.Verdict.Summary);
        Assert.Equal(first.Accelerator, second.Accelerator);
        Assert.Equal("0x3fff", first.Record.Live["features"]);
        Assert.Equal(first.Record.Live, second.Record.Live);
        Assert.All(progress.Events.OfType<PhaseFinished>(), phase => Assert.True(phase.Cached));
        Assert.All(second.Phases, phase => Assert.StartsWith("unchanged", phase.Reason, StringComparison.Ordinal));

        progress = new RecordedProgress();
        var third = await runner.RunAsync(request with { Profile = "{ }" }, progress, cancellation: Cancellation);
        Assert.False(third.Cached);
        Assert.Contains(progress.Events.OfType<PhaseFinished>(), phase => phase.Reason == "profile changed");
    }

    [Fact]
    public async Task A_guest_whose_emulator_crashed_is_booted_once_more_and_the_run_says_so()
    {
        var (engine, images, _) = await guests.ReadyAsync();
        var runner = new SuiteRunner(engine, images, _folder.Of("artifacts", "guest"));
        var body = ScriptPayload.Prologue + ScriptPayload.Emit(Streams.Clean[3]) + "sleep 8\n" + ScriptPayload.Emit(Streams.Clean[4..8]);
        var request = Request(body) with { Kernel = "emulator-crash" };
        const string note = "QEMU crashed with signal 11 in a first attempt";

        var result = await runner.RunAsync(request, new EndGuest(engines, request.Kernel, "crash"), Cancellation);
        Assert.True(result.Verdict.IsPass, result.Verdict.Summary);
        Assert.Contains(result.Notes, line => line.Contains(note, StringComparison.Ordinal));
        var cached = await runner.RunAsync(request, new RecordedProgress(), Cancellation);
        Assert.True(cached.Cached);
        Assert.Equal(result.Notes, cached.Notes);

        var twice = new EndGuest(engines, request.Kernel, "crash", times: 2);
        var again = await runner.RunAsync(request with { Fresh = true }, twice, Cancellation);
        Assert.Equal(VerdictKind.Infrastructure, again.Verdict.Kind);
    }

    [Fact]
    public async Task A_control_is_judged_by_its_own_rules_and_a_run_cut_short_is_not_remembered()
    {
        var (engine, images, _) = await guests.ReadyAsync();
        var runner = new SuiteRunner(engine, images, _folder.Of("artifacts", "guest"));
        var asControl = Streams.Result("R1", "failed", "\"asControl\":true,\"observed\":{\"event\":\"none\"}");
        var control = await runner.RunAsync(
            Request(ScriptPayload.Prologue + ScriptPayload.Emit(asControl, Streams.Result("Abi.Layout"), Streams.End(1, 1)) + "exit 1\n") with { Expectation = Expectation.MustFail("wp-zeropage") },
            new RecordedProgress(), Cancellation);

        Assert.True(control.Verdict.IsPass, control.Verdict.Summary);
        Assert.Equal("R1", Assert.Single(SuiteReports.Control(control).ExpectedFailures).Row);
        Assert.Equal("test.control-wp-zeropage", control.Logs.Owner);

        var cut = Request(ScriptPayload.Prologue + ScriptPayload.Emit(Streams.Start("R1")) + "kill -9 $$\n");
        var once = await runner.RunAsync(cut, new RecordedProgress(), Cancellation);
        Assert.Equal(VerdictKind.Failed, once.Verdict.Kind);
        Assert.Contains("signal 9 while R1", once.Verdict.Summary, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Of("artifacts", "guest", "test", "state.json")));
    }

    [Fact]
    public async Task A_run_goes_on_behind_the_test_that_ended_its_guest()
    {
        var (engine, images, _) = await guests.ReadyAsync();
        var runner = new SuiteRunner(engine, images, _folder.Of("artifacts", "guest"));
        var hello = Streams.Hello.Replace("}", ",\"guest\":2}", StringComparison.Ordinal);
        // What the suite is told in the second guest decides what it does.
        var body = "case \"$*\" in *'--guest 2 --round 1 --without R1') ;; *)\n" + ScriptPayload.Prologue
            + ScriptPayload.Emit(Streams.Start("R1")) + "echo c > /proc/sysrq-trigger; sleep 60 ;; esac\n"
            + ScriptPayload.Emit(hello, Streams.Plan, Streams.Start("Abi.Layout"), Streams.Result("Abi.Layout"), Streams.End(1));

        var result = await runner.RunAsync(Request(body) with { Kernel = "goes-on" }, new RecordedProgress(), Cancellation);
        Assert.Equal(VerdictKind.Crashed, result.Verdict.Kind);
        Assert.Contains("while R1 was running", result.Verdict.Summary, StringComparison.Ordinal);
        Assert.Equal([(1, 0), (2, 1)], result.Guests.Select(guest => (guest.Number, guest.Results)));
        Assert.Null(result.Guests[1].Ended);
        Assert.Equal([TestOutcome.Missing, TestOutcome.Passed], TestReport.Of(result.Record).Select(test => test.Outcome));
        Assert.Equal(["boot", "test", "boot", "test"], result.Phases.Select(phase => phase.Name));
        Assert.Contains("sysrq triggered crash", File.ReadAllText(result.Logs.Files["console"]), StringComparison.Ordinal);
        Assert.DoesNotContain("sysrq triggered crash", File.ReadAllText(result.Logs.Files["console.guest-2"]), StringComparison.Ordinal);
        Assert.Contains("Abi.Layout", File.ReadAllText(result.Logs.Files["events.guest-2"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_probe_decides_by_a_boot_and_remembers()
    {
        var (engine, images, _) = await guests.ReadyAsync();
        var probe = new AcceleratorProbe(engine, images, _folder.Of("probe"));
        var progress = new RecordedProgress();
        var first = await probe.ChooseAsync(AcceleratorChoice.Auto, GuestFixture.BzImage, "test", progress, cancellation: Cancellation);

        Assert.Contains(first.Used, (AcceleratorKind[])[AcceleratorKind.Kvm, AcceleratorKind.Tcg]);
        Assert.NotEmpty(first.Reason);
        var again = new RecordedProgress();
        Assert.Equal(
            first, await probe.ChooseAsync(AcceleratorChoice.Auto, GuestFixture.BzImage, "test", again, cancellation: Cancellation));
        Assert.Empty(again.Events);
        var (works, _) = await probe.AskAgainAsync(GuestFixture.BzImage, "test", again, Cancellation);
        Assert.Equal(first.Used == AcceleratorKind.Kvm, works);
        Assert.Equal(File.Exists("/dev/kvm"), again.Events.Count > 0);
        if (first.Used == AcceleratorKind.Tcg)
            await Assert.ThrowsAsync<GuestException>(() => probe.ChooseAsync(AcceleratorChoice.Kvm, GuestFixture.BzImage, "test", again, cancellation: Cancellation));
    }

    public void Dispose() => _folder.Dispose();

    private SuiteRequest Request(string body) => new()
    {
        Kernel = "test",
        BzImage = GuestFixture.BzImage,
        Payload = ScriptPayload.Create(_folder.Of("payload-" + Guid.NewGuid().ToString("N")), body),
        Profile = "{}",
        Accelerator = AcceleratorChoice.Tcg,
        Deadlines = new Deadlines { Run = TimeSpan.FromSeconds(240) },
    };
}
