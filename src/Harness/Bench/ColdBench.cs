using System.Collections.Immutable;
using System.Diagnostics;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Bench;

/// <summary>A kernel from nothing (no source, no objects, no compiler cache): by Faultline, and by hand.</summary>
/// <param name="bench">Where.</param>
/// <param name="request">The kernel; it is built in volumes that are removed afterwards.</param>
internal sealed class ColdBench(KernelBench bench, KernelRequest request) : IBenchmark
{
    private readonly PartTable _parts = new();
    private readonly List<double> _measured = [];
    private readonly List<double> _beside = [];
    private KernelRequest? _scratch;

    public string Key => "cold";

    public async Task PrepareAsync(PhaseScope phase, CancellationToken cancellation)
    {
        var engine = await bench.Connect(cancellation);
        // The process's own name: another bench at the same time must not warm this one.
        _scratch = request with { Scratch = engine.RunId, StartFrom = request.Name };
        await bench.Builder.EnsureImageAsync(_scratch, new NestedProgress(phase), cancellation);
    }

    public async Task MeasureAsync(PhaseScope phase, CancellationToken cancellation)
    {
        bench.ForgetResults(_scratch!);
        await bench.Builder.DiscardAsync(_scratch!, cancellation);
        var clock = Stopwatch.StartNew();
        var kernel = await bench.Builder.BuildAsync(_scratch!, new NestedProgress(phase), cancellation);
        var seconds = clock.Elapsed.TotalSeconds;
        // Both sides get the same disk: the first one's gigabytes go before the second begins.
        await bench.Builder.DiscardAsync(_scratch!, cancellation);
        var make = await bench.MakeAsync(_scratch!, cancellation);
        var bare = await make.FromNothingAsync(kernel.Config, phase, cancellation);

        _measured.Add(seconds);
        _beside.Add(bare.Values.Sum());
        foreach (var (name, taken) in KernelBench.Phases(kernel))
            _parts.Measured(name, taken);
        _parts.Beside("source", bare["unpack"]);
        _parts.Beside("configure", bare["configure"]);
        _parts.Beside(KernelBench.NameOf(Phase.Build), bare["make"]);
    }

    public ImmutableArray<PairReport> Pairs() =>
    [
        new PairReport
        {
            Key = Key,
            Title = $"{request.Name} from nothing",
            Measured = new Side("faultline kernel build", Sample.Of(_measured)),
            Beside = new Side($"tar, make olddefconfig, make {request.Architecture.Image}", Sample.Of(_beside)),
            Parts = _parts.ToParts(),
            Note = "images are made before the clock starts, for that measures the network; no compiler cache on either side.",
        },
    ];

    public async ValueTask DisposeAsync()
    {
        if (_scratch is not null)
            await bench.Builder.DiscardAsync(_scratch, CancellationToken.None);
    }
}
