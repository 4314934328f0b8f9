using System.Text;
using CliWrap;
using CliWrap.Builders;
using Faultline.Machine;

namespace Faultline.AbiSources.Tools;

/// <summary>A program ended with an error.</summary>
public sealed class ToolFailedException(string program, string what, int exitCode, string tail)
    : Exception($"{program} failed to {what} (exit status {exitCode}):\n{tail}")
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The last lines of what it said on standard error; empty when it said nothing.</summary>
    public string Tail { get; } = tail;
}

/// <summary>Runs the field's own tools: argument vectors, no shell, killed when the run is cancelled.</summary>
internal sealed record Tool(HostProgram Program)
{
    public static readonly Tool Git = new(HostProgram.Git);
    public static readonly Tool Make = new(HostProgram.Make);
    public static readonly Tool Bpftool = new(HostProgram.Bpftool);
    public static readonly Tool Pahole = new(HostProgram.Pahole);

    /// <summary>Runs it and gives its standard output.</summary>
    /// <param name="what">What it is run for, as the object of "failed to": <c>list the tags of DIR</c>.</param>
    /// <exception cref="ProgramMissingException">It is not installed.</exception>
    /// <exception cref="ToolFailedException">It ended with an error; the message holds the last lines of what it said.</exception>
    public async Task<string> RunAsync(string what, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var output = new StringBuilder();
        await RunAsync(what, arguments, PipeSource.Null, PipeTarget.ToStringBuilder(output), cancellation);
        return output.ToString();
    }

    /// <summary>Runs the program with its standard input and output connected to streams.</summary>
    public async Task RunAsync(
        string what, IReadOnlyList<string> arguments, PipeSource input, PipeTarget output, CancellationToken cancellation)
    {
        var error = new StringBuilder();
        var command = Cli.Wrap(Program.Require($"to {what}"))
            .WithArguments(arguments)
            .WithEnvironmentVariables(Prepare)
            .WithStandardInputPipe(input)
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(output)
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error));
        var result = await command.ExecuteAsync(cancellation);
        if (result.ExitCode != 0)
            throw new ToolFailedException(Program.Name, what, result.ExitCode, Tail(error.ToString()));
    }

    private void Prepare(EnvironmentVariablesBuilder variables)
    {
        // Messages that are read by code or quoted to people are the untranslated ones.
        variables.Set("LC_ALL", "C");
        if (this != Git)
            return;
        // What is read is a commit's objects. No setting of the user's changes them, and a hook's variables name another repository.
        var names = Environment.GetEnvironmentVariables().Keys.Cast<string>();
        foreach (var name in names.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)))
            variables.Set(name, null);
        variables
            .Set("GIT_CONFIG_NOSYSTEM", "1").Set("GIT_CONFIG_GLOBAL", "/dev/null")
            .Set("GIT_CONFIG_COUNT", "1").Set("GIT_CONFIG_KEY_0", "safe.directory").Set("GIT_CONFIG_VALUE_0", "*")
            .Set("GIT_NO_REPLACE_OBJECTS", "1").Set("GIT_OPTIONAL_LOCKS", "0").Set("GIT_TERMINAL_PROMPT", "0");
    }

    private static string Tail(string text) => string.Join('\n', text.TrimEnd().Split('\n').TakeLast(20));
}
