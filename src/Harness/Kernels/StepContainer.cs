using Faultline.Harness.Docker;

namespace Faultline.Harness.Kernels;

/// <summary>The one container in which all steps of a kernel's build run: opened by the first, removed when this is disposed.</summary>
internal sealed class StepContainer(ContainerEngine engine) : IAsyncDisposable
{
    private OpenContainer? _open;

    /// <param name="spec">The container, unless it is open.</param>
    /// <param name="step">The script.</param>
    /// <param name="onLine">Called for one line at a time.</param>
    /// <param name="cancellation">Removes the container.</param>
    public async Task<ContainerExit> RunAsync(
        ContainerSpec spec, ContainerStep step, Action<OutputLine> onLine, CancellationToken cancellation)
    {
        _open ??= await engine.Containers.OpenAsync(spec, cancellation);
        return await _open.RunAsync(step, onLine, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_open is not null)
            await _open.DisposeAsync();
    }
}
