using CliWrap;
using CliWrap.Buffered;

namespace Faultline.Cli.Tests;

/// <summary>What build.sh does about the container engine: nothing where the user has chosen one, as the command obeys that one alone.</summary>
public sealed class BuildScriptTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("faultline-home-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData("DOCKER_HOST", "tcp://lab:2375")]
    [InlineData("DOCKER_CONTEXT", "lab")]
    [InlineData("currentContext", "lab")]
    public async Task An_engine_that_was_chosen_is_neither_replaced_nor_started(string setting, string value)
    {
        Assert.DoesNotContain("docker.io", await MissingPackagesAsync(setting, value), StringComparison.Ordinal);
        Assert.Equal("", await StartAsync(setting, value));
    }

    [Theory]
    [InlineData("DOCKER_CONTEXT", "")]
    [InlineData("DOCKER_CONTEXT", "default")]
    [InlineData("currentContext", "default")]
    public async Task Without_a_choice_one_is_installed_and_started(string setting, string value)
    {
        Assert.Contains("docker.io", await MissingPackagesAsync(setting, value), StringComparison.Ordinal);
        Assert.Contains("starting dockerd", await StartAsync(setting, value), StringComparison.Ordinal);
    }

    /// <summary>On a machine without engine and without any other program.</summary>
    private Task<string> MissingPackagesAsync(string setting, string value)
    {
        File.CreateSymbolicLink(Path.Combine(_home, "sed"), "/usr/bin/sed");
        return ScriptAsync(setting, value, $"PATH={_home}; target=run; missing_packages");
    }

    /// <summary>On a machine whose engine is installed and not running; nothing is really started.</summary>
    private Task<string> StartAsync(string setting, string value) => ScriptAsync(setting, value, "dockerd() { :; }; as_root() { exit 0; }; start_engine");

    /// <summary>The script's functions without its last part, which runs them.</summary>
    private async Task<string> ScriptAsync(string setting, string value, string commands)
    {
        var config = setting == "currentContext";
        Directory.CreateDirectory(Path.Combine(_home, ".docker"));
        File.WriteAllText(Path.Combine(_home, ".docker", "config.json"), config ? $$"""{ "auths": {}, "currentContext": "{{value}}" }""" : "{}");
        var script = File.ReadAllText(Path.Combine(Command.Root, "build.sh"));
        var functions = script[..script.IndexOf("\ntarget=run\n", StringComparison.Ordinal)];
        var file = Path.Combine(_home, "build.sh");
        File.WriteAllText(file, $"{functions}\nengine_answers() {{ return 1; }}\n{commands}\n");
        var result = await CliWrap.Cli.Wrap("bash").WithArguments(file)
            .WithEnvironmentVariables(environment => environment
                .Set("HOME", _home).Set("DOCKER_CONFIG", null).Set("DOCKER_HOST", null).Set("DOCKER_CONTEXT", null).Set("FAULTLINE_NO_INSTALL", null)
                .Set(config ? "UNUSED" : setting, value))
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return result.StandardOutput + result.StandardError;
    }
}
