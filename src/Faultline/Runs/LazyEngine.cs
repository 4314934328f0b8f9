using Faultline.Harness.Docker;

namespace Faultline.Cli.Runs;

/// <summary>A connection that is made when a step first needs it: a run in which everything is cached needs no engine.</summary>
internal sealed class LazyEngine : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ContainerEngine? _engine;

    /// <summary>The engine's version; null while nothing needed one.</summary>
    public string? Version => _engine?.Facts.Version;

    /// <exception cref="EngineUnavailableException">No engine answers.</exception>
    public async Task<ContainerEngine> ConnectAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            return _engine ??= await ContainerEngine.ConnectAsync(cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _engine?.Dispose();
        _gate.Dispose();
    }
}
