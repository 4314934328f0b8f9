using Faultline.Harness.Guest;
using Faultline.Harness.Progress;

namespace Faultline.Cli.Runs;

/// <summary>
/// The images of the guests. On a machine that had to make the builder's image they are missing too, and are made while the first kernel
/// compiles: they wait for packages and the disk, the compiler for the processor.
/// </summary>
internal sealed class GuestPreparation(LazyEngine engine, string imagesFolder, IProgress<HarnessEvent> progress,
    CancellationToken cancellation) : IAsyncDisposable
{
    private const string Name = "guest";
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private GuestImages? _images;
    private Task? _early;

    /// <summary>The images, begun early or not. What went wrong early is thrown here, where it matters.</summary>
    public async Task<GuestImages> ImagesAsync()
    {
        if (_early is not null)
            await _early;
        return _images ??= new GuestImages(await engine.ConnectAsync(cancellation), imagesFolder);
    }

    /// <summary>A stream whose first newly made image starts the work.</summary>
    public IProgress<HarnessEvent> Watching(IProgress<HarnessEvent> next) => new Watcher(this, next);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_early is not null)
            await _early.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _images?.Dispose();
        _stop.Dispose();
    }

    private async Task MakeAsync()
    {
        _images = new GuestImages(await engine.ConnectAsync(_stop.Token), imagesFolder);
        await _images.EnsureAsync(Name, progress, _stop.Token);
    }

    private sealed class Watcher(GuestPreparation guests, IProgress<HarnessEvent> next) : IProgress<HarnessEvent>
    {
        public void Report(HarnessEvent value)
        {
            next.Report(value);
            if (value is PhaseFinished { Phase: Phase.Image, Cached: false, Outcome: PhaseOutcome.Succeeded })
                guests._early ??= Task.Run(guests.MakeAsync);
        }
    }
}
