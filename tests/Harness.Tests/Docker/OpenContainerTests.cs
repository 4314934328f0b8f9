using Faultline.Harness.Docker;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Tests.Docker;

/// <summary>Several programs in one container.</summary>
[Trait("needs", "engine")]
public sealed class OpenContainerTests(EngineFixture fixture) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _name = "t" + Guid.NewGuid().ToString("N")[..10];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_finds_what_the_one_before_it_left()
    {
        await using (var open = await OpenAsync())
        {
            var lines = new List<string>();
            var first = Of("cat /tmp/in > /tmp/kept; echo \"$WORD\"; echo log >&2; exit 3") with
            {
                Environment = new Dictionary<string, string> { ["WORD"] = "a word" },
                Inputs = [ContainerInput.FromText("brought in\n", "/tmp/in")],
                Outputs = [new ContainerOutput("/tmp/kept", _folder.Of("not"))],
            };
            var exit = await open.RunAsync(first, line => lines.Add($"{line.Stream}: {line.Text}"), Token);
            Assert.Equal(3, exit.Code);
            Assert.Null(exit.Killer);
            Assert.Contains("StandardOutput: a word", lines);
            Assert.Contains("StandardError: log", lines);
            Assert.False(File.Exists(_folder.Of("not")), "what failed leaves nothing");
            exit = await open.RunAsync(
                Of("cat >> /tmp/kept") with
                {
                    FeedStandardInput = async (stream, token) => await stream.WriteAsync("fed\n"u8.ToArray(), token),
                    Outputs = [new ContainerOutput("/tmp/kept", _folder.Of("kept"))],
                },
                _ => { },
                Token);
            Assert.Equal(0, exit.Code);
            Assert.Equal("brought in\nfed\n", File.ReadAllText(_folder.Of("kept")));
            Assert.Single(await fixture.ContainersAsync(_name));
        }

        Assert.Empty(await fixture.ContainersAsync(_name));
    }

    [Fact]
    public async Task An_output_that_is_not_there_is_named()
    {
        await using var open = await OpenAsync();
        var failure = await Assert.ThrowsAsync<ContainerFailedException>(() => open.RunAsync(
            Of("true") with { Outputs = [new ContainerOutput("/tmp/nothing", _folder.Of("x"))] }, _ => { }, Token));
        Assert.Contains("left no /tmp/nothing", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "from outside")]
    [InlineData(false, "was killed from outside (SIGKILL)")]
    public async Task Whoever_ends_it_from_outside_is_named(bool removed, string words)
    {
        await using var open = await OpenAsync();
        var exit = await open.RunAsync(
            Of("echo ready; sleep 60"),
            _ => Task.Run(() => removed ? fixture.RemoveContainersAsync(_name) : fixture.KillAsync(_name)),
            Token);
        Assert.Equal(137, exit.Code);
        Assert.Contains(words, exit.Killer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_removes_it_with_all_that_runs_in_it()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var open = await OpenAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => open.RunAsync(
            Of("echo ready; sleep 60"), _ => cancellation.CancelAsync(), cancellation.Token));
        Assert.Empty(await fixture.ContainersAsync(_name));
    }

    private static ContainerStep Of(string script) => new() { Phase = Phase.Image, Command = ["/bin/sh", "-c", script] };

    private async Task<OpenContainer> OpenAsync() =>
        await (await fixture.EngineAsync()).Containers.OpenAsync(await fixture.ShellAsync("exit 9", _name), Token);
}
