using System.Collections.Immutable;
using Faultline.Harness;
using Faultline.Harness.Bench;
using Faultline.Harness.Guest;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Pipeline;

/// <summary>What to measure.</summary>
/// <param name="Keys">Names of benchmarks, in the order of <see cref="BenchPlan.Keys"/>.</param>
/// <param name="Repeat">Repetitions of each pair.</param>
internal sealed record BenchRequest(Selection Selection, IReadOnlySet<string> Keys, int Repeat, AcceleratorChoice Accelerator, string CommandLine);

/// <summary>Gets ready what the chosen benchmarks need, and runs them. The caller holds the checkout's lock.</summary>
internal sealed class BenchPlan(BenchRequest request, LazyEngine engine, IProgress<HarnessEvent> progress, CancellationToken cancellation) : IDisposable
{
    /// <summary>In the order in which they run.</summary>
    public static ImmutableArray<string> Keys { get; } = ["unchanged", "rebuild", "boot", "suite", "protect", "cold"];

    /// <summary>The one that takes too long to be measured unasked.</summary>
    public const string Cold = "cold";

    private const string EditedFile = "mm/mprotect.c";
    private readonly Workspace _workspace = request.Selection.Workspace;
    private readonly KernelPreparation _preparation = new(request.Selection, engine, progress, cancellation);
    private GuestImages? _images;

    private string Work => Path.Combine(_workspace.Artifacts, "bench", $"work-{Environment.ProcessId}");

    private OwnCommand WholeRun => OwnCommand.Under(_workspace, "run", "--accel", request.Accelerator.Name());

    /// <summary>The one whose series is edited and whose suite runs.</summary>
    private Variant First => Variants.Count > 0 ? Variants[0] : throw new UsageException("there is no variant to measure in linux-patch.");

    private IReadOnlyList<Variant> Variants => request.Selection.Named.Count > 0 ? request.Selection.Named : request.Selection.Variants;

    public async Task<BenchReport> RunAsync()
    {
        var started = DateTimeOffset.UtcNow;
        var machine = MachineFacts.Gather((await engine.ConnectAsync(cancellation)).Facts);
        var benchmarks = new List<IBenchmark>();
        if (Wants("unchanged"))
            benchmarks.Add(new UnchangedBench(Kernels("unchanged"), request.Selection.Request(request.Selection.Control), WholeRun.RunAsync));
        if (Wants("rebuild"))
            benchmarks.Add(new RebuildBench(Kernels("rebuild"), request.Selection.Request(First) with { Name = $"bench-rebuild-{Environment.ProcessId}" }, EditedFile));
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
        var (boot, suite, protect) = (Wants("boot"), Wants("suite"), Wants("protect"));
        if (!boot && !suite && !protect)
            return machine;
        var connected = await engine.ConnectAsync(cancellation);
        _images = new GuestImages(connected, _workspace.Layout.Images);
        var first = await _preparation.ReadyAsync(First);
        var accelerator = await new AcceleratorProbe(connected, _images, Path.Combine(_workspace.Artifacts, "guest"))
            .ChooseAsync(request.Accelerator, first.BzImage, First.Name, progress, cancellation);
        GuestBench Guests(string key) => new(connected, _images, WorkFolder(key), accelerator);

        if (boot || suite)
            benchmarks.Add(new SuiteBench(Guests("suite"), first, suite ? await HostSuiteAsync() : null, boot));
        if (protect)
        {
            var subjects = new List<ProtectSubject>();
            foreach (var variant in Variants)
                subjects.Add(ProtectSubject.Guest(Guests("protect"), await _preparation.ReadyAsync(variant)));
            var host = await _preparation.HostSuiteAsync();
            subjects.Add(ProtectSubject.Host(host.Payload, host.Profile, WorkFolder("protect")));
            benchmarks.Add(new ProtectBench(subjects));
        }

        return machine with { Accelerator = $"{accelerator.Used.Name()} ({accelerator.Reason})" };
    }

    private async Task<Func<PhaseScope, CancellationToken, Task<Harness.Results.RunRecord>>> HostSuiteAsync()
    {
        var suite = await _preparation.HostSuiteAsync();
        return async (_, token) => (await new HostSuiteRunner(WorkFolder("suite")).RunAsync(suite, new SilentProgress(), token)).Record;
    }

    private bool Wants(string key) => request.Keys.Contains(key);

    /// <summary>One cold build says what there is to say, and a second takes as long again.</summary>
    private int Repetitions(IBenchmark benchmark) => benchmark is ColdBench or ProtectBench ? 1 : request.Repeat;

    private KernelBench Kernels(string key) => new(_workspace.Root, WorkFolder(key), engine.ConnectAsync);

    private string WorkFolder(string key) => Path.Combine(Work, key);
}
