using System.Diagnostics;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

public class ContainerEngineTests
{
    private const string DockerVersion = """{"Version":"20.10.24","ApiVersion":"1.41","Components":[{"Name":"Engine"}]}""";
    private const string PodmanVersion = """{"Version":"4.3.1","ApiVersion":"1.41","Components":[{"Name":"Podman Engine"}]}""";

    [Fact]
    public async Task An_engine_that_does_not_answer_is_an_error_that_says_what_was_tried_and_what_to_do()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["DOCKER_HOST"] = "unix://" + folder.Of("no.sock") };
        var failure = await Assert.ThrowsAsync<EngineUnavailableException>(() => ContainerEngine.ConnectAsync(
            EndpointResolver.Candidates(environment.GetValueOrDefault, user: 0), TestContext.Current.CancellationToken));
        Assert.Contains("no.sock (DOCKER_HOST): no such socket", failure.Message, StringComparison.Ordinal);
        // Nothing that is installed or started elsewhere would be tried.
        Assert.EndsWith(
            "No other is tried while this one is chosen: start it, or unset DOCKER_HOST.", failure.Message, StringComparison.Ordinal);
        Assert.Single(failure.Attempts);
    }

    [Fact]
    public async Task Where_none_was_chosen_it_says_how_to_get_one()
    {
        using var folder = new TemporaryFolder();
        var failure = await Assert.ThrowsAsync<EngineUnavailableException>(() => ContainerEngine.ConnectAsync(
            [new EngineEndpoint(new Uri("unix://" + folder.Of("no.sock")), "Docker socket")], TestContext.Current.CancellationToken));
        Assert.Contains("systemctl start docker", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>podman does not say in its security options that an ordinary user runs it; that user owns its socket.</summary>
    [Theory]
    [InlineData(PodmanVersion, """{"SecurityOptions":["name=seccomp,profile=default"]}""", 1000, true)]
    [InlineData(PodmanVersion, """{"SecurityOptions":["name=seccomp,profile=default"]}""", 0, false)]
    [InlineData(DockerVersion, """{"SecurityOptions":["name=seccomp,profile=default"]}""", 1000, false)]
    [InlineData(DockerVersion, """{"SecurityOptions":["name=seccomp,profile=default","name=rootless"]}""", 1000, true)]
    public async Task Who_runs_the_engine_is_found_out(string version, string info, uint owner, bool rootless)
    {
        using var canned = new CannedEngine(version, info);
        if (Machine.CurrentUser.Id != 0)
            Assert.SkipUnless(owner == Machine.CurrentUser.Id, "only root can give a socket to another user");
        else
            await CliWrap.Cli.Wrap("chown").WithArguments([$"{owner}", canned.Socket]).ExecuteAsync(TestContext.Current.CancellationToken);
        using var engine = await ContainerEngine.ConnectAsync([canned.Endpoint], TestContext.Current.CancellationToken);
        Assert.Equal(rootless, engine.Facts.Rootless);
        Assert.Equal(rootless, engine.CallingUser is null);
    }

    [Fact]
    public async Task A_socket_nobody_serves_is_an_error_within_seconds()
    {
        // Port 1 on the loopback refuses; the error must say so and must not wait for a timeout.
        var clock = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<EngineUnavailableException>(() => ContainerEngine.ConnectAsync(
            [new EngineEndpoint(new Uri("tcp://127.0.0.1:1"), "DOCKER_HOST")], TestContext.Current.CancellationToken));
        Assert.Contains("refused", failure.Attempts[0].Outcome, StringComparison.OrdinalIgnoreCase);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"took {clock.Elapsed}");
    }
}
