using System.Diagnostics;
using System.Text.Json;
using Faultline.Harness.Docker;
using Faultline.Harness.Tests.Docker;

namespace Faultline.Cli.Tests;

/// <summary>Ctrl-C while a container works: a signal to the whole process group, as a terminal sends it.</summary>
[Trait("needs", "engine")]
public sealed class InterruptionTests : IDisposable
{
    /// <summary>Long, for the volume may be another test's for minutes.</summary>
    private static readonly TimeSpan OtherTestsTurn = TimeSpan.FromMinutes(40);

    private readonly Checkout _checkout = new(withBase: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Ctrl_C_in_a_run_leaves_no_container_and_nothing_half_written_and_the_next_run_works()
    {
        using (var run = Start("run", "--variant", "syntax-error"))
        {
            await run.ContainerAsync("build-syntax-error", Token);
            run.Interrupt();
            var result = await run.EndAsync(TimeSpan.FromSeconds(30), Token);
            Assert.True(result.ExitCode == 130, result.ToString());
            Assert.Contains("faultline: stopping", result.Error, StringComparison.Ordinal);
            Assert.Contains("faultline: interrupted; no container is left", result.Error, StringComparison.Ordinal);
            Assert.Empty(await run.ContainersAsync());
        }

        Assert.Empty(_checkout.HalfWritten());
        Assert.False(File.Exists(_checkout.Of("artifacts", "report", "results.json")));
        Assert.False(Directory.Exists(_checkout.Of("artifacts", "kernels", "syntax-error")));

        // What an uninterrupted run of this fixture gives: base is tested, the fixture does not compile.
        using var again = Start("run", "--variant", "syntax-error");
        var next = await again.EndAsync(OtherTestsTurn, Token);
        Assert.True(next.ExitCode == 6, next.ToString());
        using var report = JsonDocument.Parse(File.ReadAllText(_checkout.Of("artifacts", "report", "results.json")));
        Assert.Equal(
            ["base pass", "syntax-error kernel-build-failed"],
            report.RootElement.GetProperty("kernels").EnumerateArray().Select(k => $"{k.GetProperty("name")} {k.GetProperty("verdict")}"));
        Assert.Empty(await again.ContainersAsync());
    }

    [Fact]
    public async Task A_second_Ctrl_C_leaves_at_once_and_the_next_command_clears_up()
    {
        // An engine that takes its time: with one that is quick, the first signal has done its work before a second comes.
        using var direct = await ContainerEngine.ConnectAsync(Token);
        using var engine = new EngineProxy(direct.Endpoint.SocketPath!);
        using var build = Start(engine.Endpoint, "kernel", "build", "--variant", "syntax-error");
        await build.ContainerAsync("-syntax-error", Token);
        engine.FallSilent();
        build.Interrupt();
        // Long enough to be two wishes.
        await Task.Delay(Interruption.SameWish + TimeSpan.FromMilliseconds(300), Token);
        build.Interrupt();
        var clock = Stopwatch.StartNew();
        var result = await build.EndAsync(TimeSpan.FromSeconds(30), Token);
        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.Contains("faultline: quit;", result.Error, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);

        using var next = Start("kernel", "build", "--variant", "does-not-apply");
        Assert.Equal(4, (await next.EndAsync(OtherTestsTurn, Token)).ExitCode);
        Assert.Empty(await build.ContainersAsync());
        Assert.Empty(_checkout.HalfWritten());
    }

    private RunningCommand Start(params string[] arguments) => Start(engine: null, arguments);

    private RunningCommand Start(EngineEndpoint? engine, params string[] arguments) => new(
        engine, [.. arguments, "--root", _checkout.Folder, "--patches", Path.Combine(Command.Root, "tests", "Fixtures", "series")]);
}
