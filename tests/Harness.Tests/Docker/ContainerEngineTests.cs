using System.Diagnostics;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

public class ContainerEngineTests
{
    [Fact]
    public async Task An_engine_that_does_not_answer_is_an_error_that_says_what_was_tried_and_what_to_do()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["DOCKER_HOST"] = "unix://" + folder.Of("no.sock") };
        var failure = await Assert.ThrowsAsync<EngineUnavailableException>(() => ContainerEngine.ConnectAsync(
            EndpointResolver.Candidates(environment.GetValueOrDefault), TestContext.Current.CancellationToken));
        Assert.Contains("no.sock (DOCKER_HOST): no such socket", failure.Message, StringComparison.Ordinal);
        Assert.Contains("systemctl start docker", failure.Message, StringComparison.Ordinal);
        Assert.Single(failure.Attempts);
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
