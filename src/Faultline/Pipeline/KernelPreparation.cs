using Faultline.Harness.Bench;
using Faultline.Harness.Guest;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Pipeline;

/// <summary>Brings kernels and suites into the state that a run leaves them in; what a run has made already costs nothing.</summary>
internal sealed class KernelPreparation(Selection selection, LazyEngine engine, IProgress<HarnessEvent> progress, CancellationToken cancellation) : IDisposable
{
    private readonly KernelBuilder _builder = new(selection.Workspace.Layout, engine.ConnectAsync);
    private readonly PayloadPublisher _publisher = new(selection.Workspace.Root, selection.Workspace.Artifacts);

    /// <summary>A kernel with the suite that belongs to it.</summary>
    public async Task<BenchKernel> ReadyAsync(Variant variant)
    {
        var request = selection.Request(variant);
        var kernel = await _builder.BuildAsync(request, progress, cancellation);
        var abi = KernelAbi.Of(kernel, CommittedAbi.Of(variant, selection), progress, cancellation);
        var payload = await _publisher.PublishAsync(variant.Name, request.Id.Name, abi.ModelPath, progress, cancellation);
        return new BenchKernel(variant.Name, kernel.BzImage, payload.Folder, VariantProfile.ToJson(variant));
    }

    /// <summary>The suite of the machine's own kernel.</summary>
    public async Task<SuiteRequest> HostSuiteAsync()
    {
        var host = new HostKernel(selection.Catalog.Get(HostKernel.DefaultProfile));
        return host.Suite(await host.PublishAsync(_publisher, progress, cancellation));
    }

    public void Dispose() => _publisher.Dispose();
}
