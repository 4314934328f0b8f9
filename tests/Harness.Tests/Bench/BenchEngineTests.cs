using Faultline.Harness.Bench;
using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;
using Faultline.Harness.Tests.Docker;
using Faultline.Harness.Tests.Guest;
using Faultline.Harness.Tests.Kernels;
using RecordedProgress = Faultline.Harness.Tests.Kernels.RecordedProgress;

namespace Faultline.Harness.Tests.Bench;

/// <summary>The pairs about kernel builds, on a tree that builds in no time.</summary>
[Trait("needs", "engine")]
public sealed class BenchEngineTests(EngineFixture fixture) : IDisposable
{
    private readonly ToyTree _tree = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private KernelBench Bench => new(RepositoryRoot.Path, _tree.Of("work"), _ => fixture.EngineAsync());

    [Fact]
    public async Task An_edited_patch_is_built_beside_bare_make_and_leaves_the_kernel_as_it_was()
    {
        var request = Request(PatchSeries.Read(await _tree.SeriesAsync("mm/other.c", "return 2", "return 22")));
        var progress = new RecordedProgress();
        var pair = Assert.Single(await BenchRunner.RunAsync([new RebuildBench(Bench, request, "mm/other.c")], _ => 2, progress, Token));

        Assert.Equal(2, pair.Ratio.Values.Length);
        Assert.True(pair.Ratio.Min > 1, $"bare make took longer than make and four more steps: {pair}");
        Assert.All((string[])["source", "apply the series", "configure", "make", "headers and results"], name => Assert.Contains(pair.Parts, part => part.Name == name && part.Measured is not null));
        Assert.NotNull(Assert.Single(pair.Parts, part => part.Name == "make").Beside);
        // Prepared, then twice built by Faultline and twice by make: both compile the edited file alone, each time.
        Assert.Equal(5, progress.Lines(Phase.Measure).Count(line => line == "  CC      mm/other.o"));
        Assert.Single(progress.Lines(Phase.Measure), line => line == "  CC      mm/userfaultfd.o");
        Assert.False(Directory.Exists(Path.Combine(_tree.Of("work"), "kernels", request.Name)));

        var engine = await fixture.EngineAsync();
        await engine.Volumes.RemoveAsync(new StepRunner(engine, Bench.Checkout, request).Volume, Token);
    }

    /// <summary>Another run may have its own tree under the one path that all of them share.</summary>
    [Fact]
    public async Task Whatever_works_in_the_shared_volume_waits_for_the_run_that_is_in_it()
    {
        var engine = await fixture.EngineAsync();
        var request = Request(PatchSeries.Read(await _tree.SeriesAsync("mm/other.c", "return 2", "return 22")));
        var steps = new StepRunner(engine, Bench.Checkout, request);
        var progress = new RecordedProgress();
        try
        {
            await Bench.Builder.BuildAsync(request, progress, Token);
            using var phase = new PhaseScope(progress, request.Name, Phase.Measure, "", cancellation: Token);
            var make = await Bench.MakeAsync(request, Token);
            Func<CancellationToken, Task>[] works =
            [
                token => make.AgainAsync(file: null, phase, token),
                token => make.TakeAsync("mm/other.c", _tree.Of("taken"), phase, token),
                token => Bench.Builder.ForgetAsync(request, progress, token),
            ];
            foreach (var work in works)
            {
                Task waiting;
                using (FileLock.TryTake(steps.Lock))
                {
                    waiting = work(Token);
                    await Task.Delay(1500, Token);
                    Assert.False(waiting.IsCompleted);
                }

                await waiting;
            }

            Assert.Equal(3, progress.Events.OfType<PhaseOutput>().Count(line => line.Line.StartsWith("waiting for another run", StringComparison.Ordinal)));
        }
        finally
        {
            await engine.Volumes.RemoveAsync(steps.Volume, CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_cold_build_gets_volumes_of_its_own_which_are_gone_afterwards()
    {
        var engine = await fixture.EngineAsync();
        var request = Request(PatchSeries.None);
        var shared = new StepRunner(engine, Bench.Checkout, request).Volume;
        var own = new StepRunner(engine, Bench.Checkout, request with { Scratch = engine.RunId }).Volume;
        var lockFile = new StepRunner(engine, Bench.Checkout, request with { Scratch = engine.RunId }).Lock;
        var (existed, locked) = (false, false);
        var progress = WhileCompiling(async () =>
        {
            existed |= await engine.Volumes.ExistsAsync(own, Token);
            locked |= File.Exists(lockFile);
        });

        var pair = Assert.Single(await BenchRunner.RunAsync([new ColdBench(Bench, request)], _ => 1, progress, Token));

        Assert.NotEqual(shared, own);
        Assert.True(existed);
        Assert.True(locked);
        Assert.False(File.Exists(lockFile));
        Assert.False(await engine.Volumes.ExistsAsync(own, Token));
        Assert.False(await engine.Volumes.ExistsAsync(shared, Token));
        Assert.Equal(["source", "configure", "make"], pair.Parts.Where(part => part.Beside is not null).Select(part => part.Name));
        Assert.Equal(4, progress.Lines(Phase.Measure).Count(line => line.StartsWith("  CC", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_cold_build_that_is_cancelled_leaves_no_volume()
    {
        var engine = await fixture.EngineAsync();
        var request = Request(PatchSeries.None);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var progress = WhileCompiling(stop.CancelAsync);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BenchRunner.RunAsync([new ColdBench(Bench, request)], _ => 1, progress, stop.Token));
        Assert.False(await engine.Volumes.ExistsAsync(new StepRunner(engine, Bench.Checkout, request with { Scratch = engine.RunId }).Volume, Token));
        Assert.Empty(await fixture.ContainersAsync("bench-toy"));
    }

    public void Dispose() => _tree.Dispose();

    private KernelRequest Request(PatchSeries series) => new()
    {
        Name = "bench-toy",
        Source = new KernelSource.Tree(_tree.Path),
        Series = series,
        Fragments = [_tree.Write("toy.config", "CONFIG_TOY=y\n")],
        Tag = "-toy",
    };

    private static RecordedProgress WhileCompiling(Func<Task> act) => new(e =>
    {
        if (e is PhaseOutput { Line: "  CC      mm/other.o" })
            act().GetAwaiter().GetResult();
    });
}

/// <summary>The pairs about guests, with the control kernel.</summary>
[Trait("needs", "engine")]
[Trait("needs", "guest")]
public sealed class BenchGuestTests(GuestFixture guests)
{
    [Fact]
    public async Task A_bare_boot_reaches_its_init_after_the_container_and_the_kernel()
    {
        using var folder = new TemporaryFolder();
        var (engine, images, _) = await guests.ReadyAsync();
        var bench = new GuestBench(engine, images, folder.Of("work"), GuestFixture.Emulated);
        var kernel = new BenchKernel("base", GuestFixture.BzImage, folder.Of("none"), "{}");
        using var phase = new PhaseScope(new RecordedProgress(), "test", Phase.Measure, "");
        var container = await bench.ContainerAsync(kernel, TestContext.Current.CancellationToken);
        var boot = await bench.BootAsync(kernel, phase, TestContext.Current.CancellationToken);
        Assert.True(container > 0 && boot.KernelSeconds > 0 && boot.Seconds > container && boot.Seconds > boot.KernelSeconds, $"{container} {boot}");
    }

    /// <summary>A program in the suite's place tells what it was asked, and how its kernel was started.</summary>
    [Fact]
    public async Task A_guest_is_asked_for_both_measurements_in_one_boot_and_what_it_tells_is_read()
    {
        using var folder = new TemporaryFolder();
        var (engine, images, _) = await guests.ReadyAsync();
        var suite = ScriptPayload.Create(folder.Of("suite"), """
            check=$(grep -o 'page_table_check=[a-z]*' /proc/cmdline | tail -n 1)
            figures='"seconds":{"prefault":0,"protect":0.5},"counts":{}'
            cell='"event":"measure","what":"feature","bytes":1048576,"huge":false,"state":"-"'
            emit "{$cell,\"way\":\"$* $check\",$figures}"
            """);
        var bench = new GuestBench(engine, images, folder.Of("work"), GuestFixture.Emulated);
        var subject = MeasureSubject.Guest(bench, new BenchKernel("base", GuestFixture.BzImage, suite, "{}"));
        var measured = new FeatureBench([subject], new(LargestGiB: 2));
        await BenchRunner.RunAsync([measured], _ => 1, new RecordedProgress(), TestContext.Current.CancellationToken);

        var kernel = Assert.Single(measured.Report!.Kernels);
        var way = Assert.Single(kernel.Costs).Way;
        Assert.EndsWith("--measure feature=2048 --measure snapshot=64 page_table_check=off", way, StringComparison.Ordinal);
        Assert.StartsWith("6.1", kernel.Release, StringComparison.Ordinal);
        Assert.Equal(MeasureSubject.ImageHash(GuestFixture.BzImage), kernel.Image);
    }
}
