using System.Security.Cryptography;
using System.Text;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

public class EndpointResolverTests
{
    private static IReadOnlyList<EngineEndpoint> Candidates(params (string Name, string Value)[] variables) => Candidates(0, variables);

    private static IReadOnlyList<EngineEndpoint> Candidates(uint user, params (string Name, string Value)[] variables) =>
        EndpointResolver.Candidates(variables.ToDictionary(v => v.Name, v => v.Value).GetValueOrDefault, user);

    private static void WriteContext(TemporaryFolder home, string name, string host) => home.Write(
        $".docker/contexts/meta/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}/meta.json",
        "{\"Name\":\"" + name + "\",\"Endpoints\":{\"docker\":{\"Host\":\"" + host + "\"}}}");

    [Fact]
    public void DOCKER_HOST_is_obeyed_alone_whatever_else_is_set()
    {
        using var home = new TemporaryFolder();
        home.Write(".docker/config.json", """{"currentContext":"lab"}""");
        var only = Assert.Single(Candidates(("DOCKER_HOST", "tcp://lab:2375"), ("HOME", home.Path), ("XDG_RUNTIME_DIR", "/run/user/1")));
        Assert.Equal(new Uri("tcp://lab:2375"), only.Uri);
    }

    [Fact]
    public void The_current_context_comes_next_and_DOCKER_CONTEXT_overrides_it()
    {
        using var home = new TemporaryFolder();
        home.Write(".docker/config.json", """{"currentContext":"lab"}""");
        WriteContext(home, "lab", "unix:///lab.sock");
        WriteContext(home, "other", "unix:///other.sock");
        Assert.Equal("/lab.sock", Assert.Single(Candidates(("HOME", home.Path))).SocketPath);
        Assert.Equal("/other.sock", Assert.Single(Candidates(("HOME", home.Path), ("DOCKER_CONTEXT", "other"))).SocketPath);
        Assert.True(Candidates(("HOME", home.Path), ("DOCKER_CONTEXT", "default")).Count > 1);
    }

    [Fact]
    public void Without_either_the_usual_sockets_are_tried_rootless_first()
    {
        using var home = new TemporaryFolder();
        Assert.Equal(
            ["/run/user/1/docker.sock", "/var/run/docker.sock", "/run/user/1/podman/podman.sock", "/run/podman/podman.sock"],
            Candidates(("HOME", home.Path), ("XDG_RUNTIME_DIR", "/run/user/1")).Select(c => c.SocketPath));
        Assert.Equal(["/var/run/docker.sock", "/run/podman/podman.sock"], Candidates(("HOME", home.Path)).Select(c => c.SocketPath));
    }

    [Fact]
    public void A_users_sockets_are_found_where_nothing_says_where_they_are()
    {
        using var home = new TemporaryFolder();
        Assert.Equal(
            ["/run/user/1000/docker.sock", "/var/run/docker.sock", "/run/user/1000/podman/podman.sock", "/run/podman/podman.sock"],
            Candidates(1000, ("HOME", home.Path)).Select(c => c.SocketPath));
    }

    [Fact]
    public void What_cannot_be_understood_is_an_error_that_names_it()
    {
        using var home = new TemporaryFolder();
        Assert.Contains("DOCKER_HOST is 'nonsense'", Assert.Throws<EngineUnavailableException>(() => Candidates(("DOCKER_HOST", "nonsense"))).Message, StringComparison.Ordinal);
        Assert.Contains("context 'gone'", Assert.Throws<EngineUnavailableException>(
            () => Candidates(("HOME", home.Path), ("DOCKER_CONTEXT", "gone"))).Message, StringComparison.Ordinal);
        home.Write(".docker/config.json", "{ not json");
        Assert.Contains("config.json is not valid JSON", Assert.Throws<EngineUnavailableException>(() => Candidates(("HOME", home.Path))).Message, StringComparison.Ordinal);
    }
}
