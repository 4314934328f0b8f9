using Faultline.Harness.Progress;

namespace Faultline.Cli.Terminal;

/// <summary>Chooses the reader of the progress stream: JSON lines, a live display on a terminal, plain lines elsewhere.</summary>
internal static class ProgressDisplay
{
    /// <param name="json">Whether it is told as JSON lines.</param>
    /// <param name="work">What is shown.</param>
    /// <param name="standing">Stays at the beginning of a terminal's status line; empty for nothing.</param>
    public static async Task<T> RunAsync<T>(bool json, Func<IProgress<HarnessEvent>, Task<T>> work, string standing = "")
    {
        if (json)
            return await work(new JsonProgress(Console.Error));

        var console = Consoles.Error;
        var plain = new PlainView(console);
        IProgressView[] views = console.CanRedraw ? [new LiveView(console, Consoles.Screen, standing), plain] : [plain];
        using var progress = new TerminalProgress(message => console.WriteLine(message), views);
        return await work(progress);
    }
}
