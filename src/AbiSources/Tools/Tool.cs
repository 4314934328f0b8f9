using System.ComponentModel;
using System.Text;
using CliWrap;

namespace Faultline.AbiSources.Tools;

/// <summary>A program that is needed is not installed: exit code 10.</summary>
public sealed class ToolMissingException(string program, string package, string neededFor)
    : Exception($"{program} is not installed, and it is needed {neededFor}. Debian: apt-get install {package}.");

/// <summary>A program ended with an error.</summary>
public sealed class ToolFailedException(string program, string what, int exitCode, string tail)
    : Exception($"{program} failed to {what} (exit status {exitCode}):\n{tail}")
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The last lines of what it said on standard error; empty when it said nothing.</summary>
    public string Tail { get; } = tail;
}

/// <summary>Runs the field's own tools: argument vectors, no shell, killed when the run is cancelled.</summary>
/// <param name="Program">Looked up in PATH, for example <c>git</c>.</param>
/// <param name="Package">The Debian package that has it.</param>
internal sealed record Tool(string Program, string Package)
{
    public static readonly Tool Git = new("git", "git");
    public static readonly Tool Make = new("make", "make");
    public static readonly Tool Bpftool = new("bpftool", "bpftool");
    public static readonly Tool Pahole = new("pahole", "pahole");

    /// <summary>Where Debian keeps what it takes for root's programs, and what a user's PATH lacks.</summary>
    private static readonly string[] SystemFolders = ["/usr/sbin", "/sbin"];

    private string Located =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(SystemFolders).Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists) ?? Program;

    /// <summary>Runs it and gives its standard output.</summary>
    /// <param name="what">What it is run for, as the object of "failed to": <c>list the tags of DIR</c>.</param>
    /// <exception cref="ToolMissingException">It is not installed.</exception>
    /// <exception cref="ToolFailedException">It ended with an error; the message holds the last lines of what it said.</exception>
    public async Task<string> RunAsync(string what, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var output = new StringBuilder();
        await RunAsync(what, arguments, PipeTarget.ToStringBuilder(output), cancellation);
        return output.ToString();
    }

    /// <summary>The same, with standard output going elsewhere.</summary>
    public async Task RunAsync(string what, IReadOnlyList<string> arguments, PipeTarget output, CancellationToken cancellation)
    {
        var error = new StringBuilder();
        var command = Cli.Wrap(Located)
            .WithArguments(arguments)
            // Messages that are read by code or quoted to people are the untranslated ones.
            .WithEnvironmentVariables(variables => variables.Set("LC_ALL", "C"))
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(output)
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error));
        try
        {
            var result = await command.ExecuteAsync(cancellation);
            if (result.ExitCode != 0)
                throw new ToolFailedException(Program, what, result.ExitCode, Tail(error.ToString()));
        }
        catch (Win32Exception)
        {
            throw new ToolMissingException(Program, Package, $"to {what}");
        }
    }

    private static string Tail(string text) => string.Join('\n', text.TrimEnd().Split('\n').TakeLast(20));
}
