using Docker.DotNet;
using Docker.DotNet.Models;
using Faultline.Cli.Runs;
using Faultline.Harness;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest;
using Faultline.Harness.Tests.Kernels;

namespace Faultline.Cli.Tests;

/// <summary>The run that a benchmark measures: which ones count, and what one leaves that is broken off.</summary>
public sealed class OwnCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    public async Task A_verdict_counts_whatever_it_says(int exit) => await Shell($"exit {exit}").RunAsync(_ => { }, Token);

    [Theory]
    [InlineData("exit 2", 2)]
    [InlineData("exit 10", 10)]
    [InlineData("exit 130", 130)]
    [InlineData("exit 143", 143)]
    [InlineData("kill -KILL $$", 137)]
    public async Task A_run_that_got_nowhere_or_was_ended_by_somebody_does_not_count(string script, int exit)
    {
        var e = await Assert.ThrowsAsync<GuestException>(() => Shell(script).RunAsync(_ => { }, Token));
        Assert.Contains($"ended with exit code {exit},", e.Message, StringComparison.Ordinal);
    }

    /// <summary>A benchmark holds the lock of its checkout, and the run that it measures must not wait for that.</summary>
    [Fact]
    public async Task A_run_under_the_lock_that_its_starter_holds_does_not_wait_for_it()
    {
        using var checkout = new Checkout(withBase: false);
        var locked = new Harness.Checkout(checkout.Folder);
        using var held = FileLock.TryTake(CheckoutLock.PathOf(locked));
        var lines = new List<string>();
        var e = await Assert.ThrowsAsync<GuestException>(() => new OwnCommand(
            "env", ["DOCKER_HOST=unix:///nonexistent.sock", Command.File, "kernel", "build", "--root", checkout.Folder],
            CheckoutLock.PathOf(locked)).RunAsync(lines.Add, Token));
        Assert.Contains("ended with exit code 10,", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains("waiting for its end", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("needs", "engine")]
    public async Task A_run_that_is_broken_off_leaves_no_container()
    {
        using var tree = new ToyTree();
        using var checkout = new Checkout(withBase: false);
        // Long enough to be still at it when it is killed.
        var makefile = Path.Combine(tree.Path, "Makefile");
        tree.Write("tree/Makefile", "$(shell sleep 120)\n" + File.ReadAllText(makefile));
        // Connected to before: a connection made later would itself remove what is looked for.
        using var engine = await ContainerEngine.ConnectAsync(Token);
        using var client = new DockerClientBuilder().WithEndpoint(engine.Endpoint.Uri).Build();
        async Task<ContainerListResponse?> ContainerAsync()
        {
            var volumes = (await client.Volumes.ListAsync(new VolumesListParameters(), Token)).Volumes
                .Where(volume => volume.Labels?.Values.Contains(tree.Path) == true).Select(volume => volume.Name).ToList();
            return (await client.Containers.ListContainersAsync(new ContainersListParameters { All = true }, Token))
                .FirstOrDefault(c => c.Mounts.Any(m => m.Name is { } volume && volumes.Contains(volume)));
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var run = new OwnCommand(
            Command.File, ["kernel", "build", "--tree", tree.Path, "--variant", "base", "--root", checkout.Folder])
            .RunAsync(_ => { }, stop.Token);
        ContainerListResponse? seen;
        while ((seen = await ContainerAsync()) is not { State: "running" } || !seen.Names[0].Contains("build-", StringComparison.Ordinal))
        {
            Assert.False(run.IsCompleted, "the command ended before its container ran");
            await Task.Delay(100, Token);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        var left = await ContainerAsync();
        if (left is not null)
            await client.Containers.RemoveContainerAsync(left.ID, new ContainerRemoveParameters { Force = true }, Token);
        await engine.Volumes.RemoveAsync(seen.Mounts.Single(m => m.Destination == "/kernel").Name!, Token);
        Assert.Null(left);
    }

    private static OwnCommand Shell(string script) => new("/bin/sh", ["-c", script]);
}
