using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Bench;

/// <summary>A patch of a series edited, and the kernel built: by Faultline, and by make after touching the same file in the same objects.</summary>
/// <param name="bench">Where.</param>
/// <param name="request">The kernel; its name is used for a tree and objects of its own.</param>
/// <param name="file">The source file that the edit changes.</param>
internal sealed class RebuildBench(KernelBench bench, KernelRequest request, string file) : IBenchmark
{
    private readonly KernelRequest _request = request.Series.Patches.Count > 0
        ? request
        : throw new ArgumentException("A kernel without a series has no patch that could be edited.", nameof(request));
    private readonly PartTable _parts = new();
    private readonly List<double> _measured = [];
    private readonly List<double> _beside = [];
    private bool _prepared;
    private string _content = "";

    public string Key => "rebuild";

    public async Task PrepareAsync(PhaseScope phase, CancellationToken cancellation)
    {
        _prepared = true;
        await bench.Builder.BuildAsync(_request, new NestedProgress(phase), cancellation);
        var taken = Path.Combine(bench.WorkFolder, "taken");
        var make = await bench.MakeAsync(_request, cancellation);
        await make.TakeAsync(file, taken, phase, cancellation);
        _content = await File.ReadAllTextAsync(taken, cancellation);
    }

    public async Task MeasureAsync(PhaseScope phase, CancellationToken cancellation)
    {
        var patch = Path.Combine(bench.WorkFolder, "9999-bench.patch");
        await File.WriteAllTextAsync(
            patch, SourceEdit.PatchFor(file, _content, Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)), cancellation);
        var edited = _request with { Series = _request.Series.With(patch) };
        var clock = Stopwatch.StartNew();
        var kernel = await bench.Builder.BuildAsync(edited, new NestedProgress(phase), cancellation);
        var seconds = clock.Elapsed.TotalSeconds;
        var make = await bench.MakeAsync(_request, cancellation);
        var bare = await make.AgainAsync(file, phase, cancellation);

        _measured.Add(seconds);
        _beside.Add(bare);
        foreach (var (name, taken) in KernelBench.Phases(kernel))
            _parts.Measured(name, taken);
        _parts.Beside(KernelBench.NameOf(Phase.Build), bare);
    }

    public ImmutableArray<PairReport> Pairs() =>
    [
        new PairReport
        {
            Key = Key,
            Title = $"one change to {file}",
            Measured = new Side("faultline kernel build, a patch edited", Sample.Of(_measured)),
            Beside = new Side("bare make, the file touched", Sample.Of(_beside)),
            Parts = _parts.ToParts(),
        },
    ];

    public async ValueTask DisposeAsync()
    {
        if (_prepared)
            await bench.Builder.ForgetAsync(_request, new SilentProgress(), CancellationToken.None);
    }
}
