using Faultline.Harness.Docker;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Kernels;

/// <summary>What every work on a kernel begins with: the builder image, the volumes, and the source unpacked in one of them.</summary>
/// <remarks>From the source on it keeps other runs off the volume, until it is disposed: between two steps of one kernel, a run of another
/// checkout may not put its own series under the same name.</remarks>
internal sealed class SourcePreparation(
    Checkout checkout, ContainerEngine engine, StepRunner steps, KernelRequest request, string why,
    IProgress<HarnessEvent> progress, CancellationToken cancellation) : IDisposable
{
    private IDisposable? _alone;

    /// <summary>The copy that was made of a user's tree; null for a package.</summary>
    public Snapshot? Snapshot { get; private set; }

    /// <returns>Which source it is exactly (<c>6.1.192-2</c>), and what was done.</returns>
    public async Task<(string Version, IReadOnlyList<PhaseFinished> Phases)> RunAsync()
    {
        var image = await ImageAsync();
        var (version, source) = await SourceAsync();
        return (version, [image, source]);
    }

    public void Dispose() => _alone?.Dispose();

    private async Task<PhaseFinished> ImageAsync()
    {
        using var phase = Begin(Phase.Image);
        var image = await engine.Images.EnsureAsync(steps.Image, phase.Output, cancellation);
        return phase.Succeed(image.Cached, image.Reason);
    }

    private async Task<(string, PhaseFinished)> SourceAsync()
    {
        using var phase = Begin(Phase.Source);
        _alone = await steps.EnterAsync(phase, cancellation);
        if (request.Source is KernelSource.Tree tree)
        {
            Snapshot = await new TreeSnapshot(steps, tree, Lenders(), phase, cancellation).TakeAsync();
            var done = Snapshot.Cached ? "unchanged:" : "copied";
            return (Snapshot.Name, phase.Succeed(Snapshot.Cached, $"{done} {tree.Folder}, {Snapshot.Name}"));
        }

        var lines = await steps.RunCheckedAsync("prepare-source", phase, [], cancellation: cancellation);
        const string mark = "faultline: source ";
        var version = lines.Find(line => line.StartsWith(mark, StringComparison.Ordinal))?[mark.Length..] ?? request.Source.ToString()!;
        var cached = lines.Contains(StepRunner.Unchanged);
        return (version, phase.Succeed(cached, cached ? $"unchanged: source {version}" : $"source {version} was not unpacked yet"));
    }

    private TreeLenders Lenders() =>
        new(engine, steps, lender => new StepRunner(engine, checkout, request) { Lender = lender });

    private PhaseScope Begin(Phase phase) =>
        new(progress, request.Name, phase, why, checkout.LogOf(request.Id.Name, phase), cancellation);
}
