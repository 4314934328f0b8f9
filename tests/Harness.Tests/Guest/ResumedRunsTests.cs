using System.Globalization;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Guest;

/// <summary>
/// Pairs of a guest that is booted and one that begins with a snapshot, with the real suite on the control kernel: both must see the same.
/// FAULTLINE_PAIRS of them (1), told in the file FAULTLINE_PAIRS_LOG, a line each.
/// </summary>
[Trait("needs", "guest")]
public sealed class ResumedRunsTests(GuestFixture guests) : IDisposable
{
    private const int Rows = 40;
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cold_and_resumed_runs_see_the_same()
    {
        var pairs = int.Parse(Environment.GetEnvironmentVariable("FAULTLINE_PAIRS") ?? "1", CultureInfo.InvariantCulture);
        var suite = await SuiteAsync();
        // Whoever comes first makes the snapshot.
        await suite.RunAsync(cold: true);
        for (var pair = 1; pair <= pairs; pair++)
        {
            var (cold, resumed) = (await suite.RunAsync(cold: true), await suite.RunAsync(cold: false));
            Assert.Equal((GuestStart.Cold, GuestStart.Resumed), (cold.Guests[0].Start, resumed.Guests[0].Start));
            Tell(pair, cold, resumed);
            Assert.True(cold.Verdict.IsPass, cold.Verdict.Summary);
            Assert.Equal(cold.Verdict.Summary, resumed.Verdict.Summary);
            Assert.Equal(Seen(cold), Seen(resumed));
            Assert.Equal(cold.Record.Live, resumed.Record.Live);
            Assert.Equal(cold.Record.Boot!.Release, resumed.Record.Boot!.Release);
            Assert.NotNull(resumed.Record.Exit!.Log);
        }
    }

    [Fact]
    public async Task A_control_and_rounds_begin_with_the_snapshot_of_the_run_of_record()
    {
        var suite = await SuiteAsync();
        var whole = await suite.RunAsync(request => request with { Filters = [] });
        Assert.Equal(GuestStart.Cold, whole.Guests[0].Start);
        var rounds = await suite.RunAsync(request => request with { Filters = ["row=R1"], Rounds = new SuiteRounds(3) });
        Assert.Equal((GuestStart.Resumed, 3), (rounds.Guests[0].Start, rounds.Record.Rounds));
        Assert.True(rounds.Verdict.IsPass, rounds.Verdict.Summary);
        var variant = VariantCatalog.Load([RepositoryRoot.Of("linux-patch")]).Get("wp-zeropage");
        var control = await suite.RunAsync(request => request with
        {
            Profile = VariantProfile.ToJson(variant), Filters = ["row=R12"],
            Expectation = Harness.Judging.Expectation.MustFail(variant.Name),
        });
        Assert.True(control.Verdict.IsPass, control.Verdict.Summary);
        Assert.Equal(GuestStart.Resumed, control.Guests[0].Start);
        Assert.Equal("R12", Assert.Single(control.Control!.ExpectedFailures).Row);
    }

    [Fact]
    public async Task Two_guests_of_one_snapshot_draw_different_random_numbers_and_know_the_time()
    {
        var suite = await SuiteAsync();
        await suite.RunAsync(cold: true);
        var (first, second) = (await suite.RunAsync(cold: false), await suite.RunAsync(cold: false));
        Assert.Equal(GuestStart.Resumed, second.Guests[0].Start);
        Assert.NotNull(first.Record.Hello!.Random);
        Assert.NotEqual(first.Record.Hello.Random, second.Record.Hello!.Random);
        var late = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - second.Record.Hello.Time!.Value;
        Assert.InRange(late, -1, 120);
    }

    [Fact]
    public async Task A_snapshot_that_does_not_come_to_life_is_replaced_by_a_boot_that_says_so()
    {
        var (engine, images, _) = await guests.ReadyAsync();
        var suite = await SuiteAsync();
        suite = suite with { Request = suite.Request with { KernelArguments = ["faultline.test=broken-snapshot"], Filters = ["row=R1"] } };
        await suite.RunAsync(cold: true);
        var name = StandingSuite.NameOf(GuestFixture.BzImage, null, suite.Request.Payload, suite.Request.KernelArguments);
        await engine.Containers.RunCheckedAsync(
            new ContainerSpec
            {
                Image = images.Runner.Tag, Purpose = "break-snapshot", Phase = Phase.Test,
                Command = ["/usr/bin/truncate", "-s", "1M", $"/snapshots/{name}/state"],
                Mounts = [ContainerMount.OfVolume(await images.SnapshotsAsync(Cancellation), "/snapshots")],
            },
            cancellation: Cancellation);

        var booted = await suite.RunAsync(cold: false);
        Assert.True(booted.Verdict.IsPass, booted.Verdict.Summary);
        Assert.Equal(GuestStart.Cold, booted.Guests[0].Start);
        Assert.Contains(booted.Notes, note => note.Contains("did not come to life, so it was booted", StringComparison.Ordinal));
        Assert.Equal(GuestStart.Resumed, (await suite.RunAsync(cold: false)).Guests[0].Start);
    }

    [Fact]
    public async Task Snapshots_that_cannot_be_removed_hold_no_guest_up()
    {
        var (engine, images, _) = await guests.ReadyAsync();
        await images.EnsureAsync("pairs", new RecordedProgress(), Cancellation);
        var volume = await images.SnapshotsAsync(Cancellation);
        var suite = await SuiteAsync();
        suite = suite with { Request = suite.Request with { KernelArguments = ["faultline.test=crowded"], Filters = ["row=R1"] } };
        // Nobody who runs a guest may remove a folder in one that belongs to another user.
        await RunAsync("1234:1234", "for i in 1 2 3 4 5 6 7 8 9; do mkdir -p $0-$i/full; touch -d @1 $0-$i; done");
        try
        {
            var booted = await suite.RunAsync(cold: true);
            Assert.True(booted.Verdict.IsPass, booted.Verdict.Summary);
            Assert.Equal(GuestStart.Resumed, (await suite.RunAsync(cold: false)).Guests[0].Start);
        }
        finally
        {
            await RunAsync("1234:1234", "rm -rf $0-*");
        }

        Task RunAsync(string user, string script) => engine.Containers.RunCheckedAsync(
            new ContainerSpec
            {
                Image = images.Runner.Tag, Purpose = "crowd-snapshots", Phase = Phase.Test, User = user,
                Command = ["/bin/sh", "-c", script, "/snapshots/others"], Mounts = [ContainerMount.OfVolume(volume, "/snapshots")],
            },
            cancellation: Cancellation);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Seen(SuiteResult run) => run.Record.Each.Select(result =>
        $"{result.Id} {result.Round} {result.Outcome} {string.Join(' ', result.Observed.Select(pair => $"{pair.Key}={pair.Value}"))}");

    private static void Tell(int pair, SuiteResult cold, SuiteResult resumed)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{pair} cold {cold.FirstTestSeconds:0.000} {cold.Verdict.Kind} resumed {resumed.FirstTestSeconds:0.000} "
            + $"{resumed.Verdict.Kind} same {Seen(cold).SequenceEqual(Seen(resumed))} tests {cold.Record.Each.Length}");
        TestContext.Current.SendDiagnosticMessage(line);
        if (Environment.GetEnvironmentVariable("FAULTLINE_PAIRS_LOG") is { Length: > 0 } log)
            File.AppendAllText(log, line + "\n");
    }

    private async Task<Suite> SuiteAsync()
    {
        var (engine, images, _) = await guests.ReadyAsync();
        var variant = VariantCatalog.Load([RepositoryRoot.Of("linux-patch")]).Get("base");
        using var publisher = new PayloadPublisher(new Checkout(RepositoryRoot.Path));
        var model = Path.Combine(variant.Folder, "userfaultfd.abi.json");
        var payload = await publisher.PublishAsync("base", "base", model, new RecordedProgress(), Cancellation);
        return new Suite(new SuiteRunner(engine, images, _folder.Of("artifacts", "guest")), new SuiteRequest
        {
            Kernel = "pairs",
            BzImage = GuestFixture.BzImage,
            Payload = payload.Folder,
            Profile = VariantProfile.ToJson(variant),
            Filters = [.. Enumerable.Range(1, Rows).Select(row => $"row=R{row}")],
            Accelerator = AcceleratorChoice.Tcg,
            Fresh = true,
        });
    }

    private sealed record Suite(SuiteRunner Runner, SuiteRequest Request)
    {
        public Task<SuiteResult> RunAsync(bool cold) => RunAsync(request => request with { Cold = cold });

        public Task<SuiteResult> RunAsync(Func<SuiteRequest, SuiteRequest> change) =>
            Runner.RunAsync(change(Request), new RecordedProgress(), Cancellation);
    }
}
