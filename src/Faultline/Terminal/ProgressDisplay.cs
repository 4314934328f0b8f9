using Faultline.Harness.Progress;
using Spectre.Console;

namespace Faultline.Cli.Terminal;

/// <summary>Chooses the reader of the progress stream: JSON lines, a live display on a terminal, plain lines elsewhere.</summary>
internal static class ProgressDisplay
{
    public static async Task<T> RunAsync<T>(bool json, Func<IProgress<HarnessEvent>, Task<T>> work)
    {
        if (json)
            return await work(new JsonProgress(Console.Error));

        var console = Consoles.Error;
        if (console.Profile.Capabilities.Interactive && console.Profile.Capabilities.Ansi)
            return await console.Status().Spinner(Spinner.Known.Dots).StartAsync("starting", status => work(new LiveProgress(console, status)));

        using var plain = new PlainProgress(console);
        return await work(plain);
    }
}
