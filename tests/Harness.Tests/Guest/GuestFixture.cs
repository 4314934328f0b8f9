using Faultline.Harness.Docker;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;
using Faultline.Harness.Tests.Guest;

[assembly: AssemblyFixture(typeof(GuestFixture))]

namespace Faultline.Harness.Tests.Guest;

/// <summary>Runner and images shared by the tests that boot a guest.</summary>
public sealed class GuestFixture : IAsyncDisposable
{
    private readonly Lazy<Task<(ContainerEngine Engine, GuestImages Images)>> _ready = new(async () =>
    {
        var engine = await ContainerEngine.ConnectAsync();
        return (engine, new GuestImages(engine, RepositoryRoot.Of("images")));
    });

    /// <summary>TCG works everywhere; the probe has tests of its own.</summary>
    internal static Accelerator Emulated { get; } = new(AcceleratorChoice.Tcg, AcceleratorKind.Tcg, "tcg was asked for");

    internal async Task<(ContainerEngine Engine, GuestImages Images, GuestRunner Runner)> ReadyAsync()
    {
        var (engine, images) = await _ready.Value;
        return (engine, images, new GuestRunner(engine, images));
    }

    /// <summary>The control kernel as <c>faultline kernel build --base</c> leaves it, or the one FAULTLINE_TEST_BZIMAGE names.</summary>
    public static string BzImage
    {
        get
        {
            var path = Environment.GetEnvironmentVariable("FAULTLINE_TEST_BZIMAGE") is { Length: > 0 } named
                ? named
                : RepositoryRoot.Of("artifacts", "kernels", "base", "bzImage");
            Assert.True(File.Exists(path), $"No kernel at {path}: run ./build.sh first, or let FAULTLINE_TEST_BZIMAGE name a bzImage.");
            return path;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ready.IsValueCreated || !_ready.Value.IsCompletedSuccessfully)
            return;
        var (engine, images) = await _ready.Value;
        images.Dispose();
        engine.Dispose();
    }
}

/// <summary>Keeps what was reported.</summary>
internal sealed class RecordedProgress : IProgress<HarnessEvent>
{
    private readonly List<HarnessEvent> _events = [];

    public IReadOnlyList<HarnessEvent> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    public void Report(HarnessEvent value)
    {
        lock (_events)
            _events.Add(value);
    }
}
