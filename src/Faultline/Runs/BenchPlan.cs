using System.Collections.Immutable;
using Faultline.Harness;
using Faultline.Harness.Bench;
using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Guest;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>Gets ready what the chosen benchmarks need, and runs them. The caller holds the checkout's lock.</summary>
internal sealed class BenchPlan(BenchRequest request, LazyEngine engine, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    : IDisposable
{
    /// <summary>The benchmarks' names, in the order in which they run.</summary>
    public static ImmutableArray<string> Keys { get; } = ["unchanged", "rebuild", "boot", "suite", "protect", "feature", "cold"];

    public const string Cold = "cold";

    public const string Feature = "feature";

    /// <summary>The benchmarks that take too long to be measured unasked.</summary>
    public static ImmutableArray<string> Long { get; } = [Feature, Cold];

    private const string EditedFile = "mm/mprotect.c";
    private readonly Checkout _checkout = request.Selection.Checkout;
    private readonly Preparation _preparation = new(request.Selection.Checkout, engine, cancellation);
    private GuestImages? _images;

    private string Work => Path.Combine(_checkout.Artifacts, "bench", $"work-{Environment.ProcessId}");

    private OwnCommand WholeRun => OwnCommand.Under(_checkout, "run", "--accel", request.Accelerator.Name());

    /// <summary>The one whose series is edited and whose suite runs.</summary>
    private Variant First => Variants.Count > 0 ? Variants[0] : throw new UsageException("linux-patch has no variant to measure.");

    private IReadOnlyList<Variant> Variants => request.Selection.Named.Count > 0 ? request.Selection.Named : request.Selection.Variants;

    public async Task<BenchReport> RunAsync()
    {
        var started = DateTimeOffset.UtcNow;
        var machine = MachineFacts.Gather((await engine.ConnectAsync(cancellation)).Facts);
        var benchmarks = new List<IBenchmark>();
        if (Wants("unchanged"))
            benchmarks.Add(new UnchangedBench(Kernels("unchanged"), request.Selection.Request(request.Selection.Control),
                WholeRun.RunAsync));
        if (Wants("rebuild"))
            benchmarks.Add(new RebuildBench(Kernels("rebuild"), request.Selection.Request(First)
                with { Name = $"bench-rebuild-{Environment.ProcessId}" }, EditedFile));
        machine = await AddGuestsAsync(benchmarks, machine);
        if (Wants(Cold))
            benchmarks.Add(new ColdBench(Kernels(Cold), request.Selection.Request(request.Selection.Control) with { Name = "bench-cold" }));

        var pairs = await BenchRunner.RunAsync(benchmarks, Repetitions, progress, cancellation);
        return new BenchReport
        {
            Started = started,
            Seconds = Math.Round((DateTimeOffset.UtcNow - started).TotalSeconds, 1),
            Command = request.CommandLine,
            Machine = machine,
            Pairs = pairs,
            Feature = benchmarks.OfType<FeatureBench>().FirstOrDefault()?.Report,
        };
    }

    public void Dispose()
    {
        _images?.Dispose();
        _preparation.Dispose();
        if (Directory.Exists(Work))
            Directory.Delete(Work, recursive: true);
    }

    private async Task<MachineFacts> AddGuestsAsync(List<IBenchmark> benchmarks, MachineFacts machine)
    {
        var (boot, suite, protect, feature) = (Wants("boot"), Wants("suite"), Wants("protect"), Wants(Feature));
        if (!boot && !suite && !protect && !feature)
            return machine;
        var connected = await engine.ConnectAsync(cancellation);
        _images = new GuestImages(connected, _checkout.Images);
        var first = await ReadyAsync(First);
        var accelerator = await new AcceleratorProbe(connected, _images, _checkout.Guests)
            .ChooseAsync(request.Accelerator, first.BzImage, First.Name, progress, cancellation: cancellation);
        GuestBench Guests(string key) => new(connected, _images, WorkFolder(key), accelerator);

        if (boot || suite)
            benchmarks.Add(new SuiteBench(Guests("suite"), first, suite ? await HostSuiteAsync() : null, boot));
        if (protect)
            benchmarks.Add(new ProtectBench(await SubjectsAsync(Variants, Guests("protect"), WorkFolder("protect"))));
        if (feature)
        {
            benchmarks.Add(new FeatureBench(
                await SubjectsAsync([request.Selection.Control, .. Variants], Guests(Feature), WorkFolder(Feature)), request.Sizes));
        }

        return machine with { Accelerator = $"{accelerator.Used.Name()} ({accelerator.Reason})" };
    }

    /// <summary>The kernels to measure, this machine's own last.</summary>
    private async Task<List<MeasureSubject>> SubjectsAsync(IEnumerable<Variant> variants, GuestBench guests, string workFolder)
    {
        var subjects = new List<MeasureSubject>();
        foreach (var variant in variants)
            subjects.Add(MeasureSubject.Guest(guests, await ReadyAsync(variant)));
        var (payload, profile) = await ThisMachineAsync();
        return [.. subjects, MeasureSubject.Host(payload, profile, workFolder)];
    }

    private async Task<Func<PhaseScope, CancellationToken, Task<Harness.Results.RunRecord>>> HostSuiteAsync()
    {
        var (payload, profile) = await ThisMachineAsync();
        var suite = new SuiteRequest { Kernel = PlannedKernel.Running, Payload = payload, Profile = profile };
        return async (_, token) => (await new HostSuiteRunner(WorkFolder("suite")).RunAsync(suite, new SilentProgress(), token)).Record;
    }

    /// <summary>A kernel with the suite that belongs to it.</summary>
    private async Task<BenchKernel> ReadyAsync(Variant variant)
    {
        var prepared = await _preparation.DemandAsync(PlannedKernel.Of(variant, request.Selection), progress);
        return new BenchKernel(variant.Name, prepared.Kernel!.BzImage, prepared.Payload!.Folder, prepared.Planned.Profile);
    }

    /// <summary>The suite of this machine's own kernel.</summary>
    private async Task<(string Payload, string Profile)> ThisMachineAsync()
    {
        var kernel = PlannedKernel.OfThisMachine(request.Selection.Catalog.Get(PlannedKernel.DefaultProfile), request.Selection);
        return ((await _preparation.DemandAsync(kernel, progress)).Payload!.Folder, kernel.Profile);
    }

    private bool Wants(string key) => request.Keys.Contains(key);

    /// <summary>One cold build says what there is to say, and a second takes as long again.</summary>
    private int Repetitions(IBenchmark benchmark) => benchmark is ColdBench or ProtectBench or FeatureBench ? 1 : request.Repeat;

    private KernelBench Kernels(string key) => new(_checkout.Root, WorkFolder(key), engine.ConnectAsync);

    private string WorkFolder(string key) => Path.Combine(Work, key);
}
