using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Faultline.Cli.Tests.Watching;

/// <summary>The command in a pipe, with real saves. No engine answers, which a later save may find mended.</summary>
public sealed class WatchCommandTests : IDisposable
{
    private const string Waits = "waiting for a save; Ctrl-C ends";
    private const int Interrupted = 2;
    private readonly Checkout _checkout = new(withBase: false);
    private readonly string _variants = Directory.CreateTempSubdirectory("my variants ").FullName;

    [Fact]
    public async Task It_runs_again_after_each_save_whatever_went_wrong_and_ends_with_Ctrl_C()
    {
        var variant = Path.Combine(_variants, "mine", "variant.toml");
        Directory.CreateDirectory(Path.GetDirectoryName(variant)!);
        var fixture = Path.Combine(Command.Root, "tests", "Fixtures", "series", "syntax-error", "variant.toml");
        var text = await File.ReadAllTextAsync(fixture, Token);
        await File.WriteAllTextAsync(variant, text.Replace("syntax-error", "mine", StringComparison.Ordinal), Token);
        var start = new ProcessStartInfo("env")
        {
            WorkingDirectory = _variants, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        string[] arguments =
        [
            "--default-signal=INT", "setsid", Command.File, "watch", "--root", _checkout.Folder,
            "--variants", _variants, "--variant", "mine",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["DOCKER_HOST"] = "unix:///nonexistent/docker.sock";
        using var watch = Process.Start(start)!;
        var errors = watch.StandardError.ReadToEndAsync(Token);
        try
        {
            Assert.Contains("No container engine answered. Tried:", await UntilAsync(watch, Waits));
            await File.AppendAllTextAsync(variant, "broken = [\n", Token);
            var broken = await UntilAsync(watch, Waits);
            Assert.Contains(broken, line => line.EndsWith("mine/variant.toml saved: running", StringComparison.Ordinal));
            Assert.Contains(broken, line => line.StartsWith(variant + ":", StringComparison.Ordinal));
            Assert.Contains("verdict: none (exit 2)", broken);
        }
        finally
        {
            Assert.Equal(0, Kill(-watch.Id, Interrupted));
        }

        await watch.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.Equal(130, watch.ExitCode);
        Assert.Contains("faultline: interrupted;", await errors, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _checkout.Dispose();
        Directory.Delete(_variants, recursive: true);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<List<string>> UntilAsync(Process watch, string last)
    {
        var lines = new List<string>();
        while (await watch.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Token) is { } line)
        {
            lines.Add(line);
            if (line == last)
                return lines;
        }

        throw new InvalidOperationException(string.Join('\n', lines));
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
