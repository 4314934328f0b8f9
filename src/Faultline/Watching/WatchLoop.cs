namespace Faultline.Cli.Watching;

/// <summary>Runs, and runs again after each save. A save during a run ends that run: what it would find out is of the past.</summary>
/// <param name="nextSave">Waits for the next save and gives its files.</param>
/// <param name="run">One run, given the one before; a token that ends it and it alone.</param>
/// <param name="screen">Shows it.</param>
internal sealed class WatchLoop(
    Func<CancellationToken, Task<IReadOnlyList<string>>> nextSave,
    Func<WatchedRound?, CancellationToken, Task<WatchedRound>> run, IWatchScreen screen)
{
    /// <param name="untilPass">Ends with the first run that passes.</param>
    /// <param name="cancellation">Ends it otherwise.</param>
    /// <returns>The exit code of the run that ended it.</returns>
    public async Task<int> RunAsync(bool untilPass, CancellationToken cancellation)
    {
        WatchedRound? last = null;
        IReadOnlyList<string> saved = [];
        // Asked before each run, so that no save falls between two.
        var save = nextSave(cancellation);
        while (true)
        {
            screen.Begin(saved);
            if (await OneAsync(last, save, cancellation) is { } round)
            {
                last = round;
                screen.Show(round);
                if (untilPass && round.ExitCode == ExitCodes.Ok)
                    return ExitCodes.Ok;
                screen.Wait(round);
            }

            saved = await save;
            save = nextSave(cancellation);
        }
    }

    /// <returns>null when a save ended it.</returns>
    private async Task<WatchedRound?> OneAsync(WatchedRound? last, Task save, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = run(last, ending.Token);
        if (await Task.WhenAny(running, save) == running || save.IsFaulted)
            return await running;
        await ending.CancelAsync();
        try
        {
            // It may have come to its end all the same, and is of the past all the same.
            await running;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // As asked.
        }

        cancellation.ThrowIfCancellationRequested();
        return null;
    }
}
