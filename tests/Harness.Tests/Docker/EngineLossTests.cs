using System.Diagnostics;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

/// <summary>The engine goes away, or the disk fills up, while a container runs.</summary>
[Trait("needs", "engine")]
public class EngineLossTests(EngineFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_engine_that_dies_under_a_container_is_an_error_within_seconds_that_names_both()
    {
        var socket = (await fixture.EngineAsync()).Endpoint.SocketPath;
        Assert.SkipWhen(socket is null, "The engine is not reached through a socket file, so nothing can be put in between.");
        using var proxy = new EngineProxy(socket!);
        using var engine = await ContainerEngine.ConnectAsync([proxy.Endpoint], Token);
        var spec = await fixture.ShellAsync("echo ready; sleep 60", "engine-loss");
        var clock = Stopwatch.StartNew();
        try
        {
            var failure = await Assert.ThrowsAsync<ContainerFailedException>(() => engine.Containers.RunAsync(
                spec, (OutputLine line) => proxy.Die(), Token));
            Assert.Contains(
                $"the engine at {proxy.Endpoint.Uri} went away under container faultline-engine-loss", failure.Message,
                StringComparison.Ordinal);
            Assert.Contains("ready", failure.Tail);
            Assert.Equal(failure.Message, failure.UserText);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
        }
        finally
        {
            // The lost engine could not remove it; this one is still there.
            await fixture.RemoveContainersAsync("engine-loss");
        }
    }

    [Fact]
    public async Task A_full_disk_is_said_to_be_one_and_not_the_engines_failure()
    {
        var engine = await fixture.EngineAsync();
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var failure = await Assert.ThrowsAsync<IOException>(async () => await engine.Containers.RunAsync(
            await fixture.ShellAsync("echo much", "full-disk"), (_, bytes) => full.Write(bytes.Span), Token));
        Assert.NotNull(StorageFailure.Advice(failure));
        Assert.Empty(await fixture.ContainersAsync("full-disk"));
    }
}
