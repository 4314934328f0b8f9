using Faultline.Harness.Docker;
using Faultline.Harness.Identity;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;
using Faultline.Harness.Tests.Docker;

namespace Faultline.Harness.Tests.Kernels;

/// <summary>Kernels of a tree that builds in no time; their volumes are gone with the test.</summary>
public abstract class ToyKernels(EngineFixture fixture) : IAsyncDisposable
{
    private protected EngineFixture Engines { get; } = fixture;

    private protected ToyTree Tree { get; } = new();
    private protected List<KernelRequest> Built { get; } = [];

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected Checkout Checkout => new(RepositoryRoot.Path, Tree.Of("artifacts"));

    private protected KernelBuilder Builder => new(Checkout, _ => Engines.EngineAsync());

    private protected KernelRequest Request(string? series = null, string fragment = "CONFIG_TOY=y\n")
    {
        var request = new KernelRequest
        {
            Name = "toy",
            Source = new KernelSource.Tree(Tree.Path),
            Series = series is null ? PatchSeries.None : PatchSeries.Read(series),
            Fragments = [Tree.Write("toy.config", fragment)],
            Tag = "-toy",
        };
        Built.Add(request);
        return request;
    }

    private protected async Task<(BuiltKernel Kernel, RecordedProgress Progress)> BuildAsync(KernelRequest request)
    {
        var progress = new RecordedProgress();
        return (await Builder.BuildAsync(request, progress, Token), progress);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var engine = await Engines.EngineAsync();
        foreach (var volume in Built.Select(r => new StepRunner(engine, Checkout, r).Volume).Distinct())
            await engine.Volumes.RemoveAsync(volume, CancellationToken.None);
        Tree.Dispose();
    }

    private protected static List<string> Compilations(RecordedProgress progress) => [.. progress.Lines(Phase.Build).Where(line =>
        line.StartsWith("  CC", StringComparison.Ordinal) || line.StartsWith("  LD", StringComparison.Ordinal))];

    private protected string[] Results()
    {
        var folder = Checkout.KernelFolder(Request().Id.Name);
        return Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p)!)] : [];
    }
}
