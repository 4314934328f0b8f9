using System.Text;
using CliWrap;
using CliWrap.Buffered;
using CliWrap.Builders;
using Faultline.Machine;

namespace Faultline.Harness.Sources.Trees;

/// <summary>
/// git, asked about a user's tree. It reads the repository and writes nothing to it, takes no lock and runs no other program. Nor has any
/// setting of the user or the machine a say; what belongs to somebody else is read as well.
/// </summary>
/// <param name="program">git's file.</param>
/// <param name="folder">The top of the tree.</param>
internal sealed class TreeGit(string program, string folder)
{
    /// <exception cref="ProgramMissingException">git is not installed.</exception>
    public static TreeGit Require(string folder, string purpose) => new(HostProgram.Git.Require(purpose), folder);

    /// <returns>null where git is missing.</returns>
    public static TreeGit? Find(string folder) => HostProgram.Git.Find() is { } program ? new(program, folder) : null;

    /// <summary>Standard output; null when git cannot answer.</summary>
    public async Task<string?> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var result = await Command(arguments, new Dictionary<string, string>()).ExecuteBufferedAsync(Encoding.UTF8, cancellation);
        return result.ExitCode == 0 ? result.StandardOutput : null;
    }

    /// <summary>git's words about a question that it cannot answer, in one line; empty when it has none.</summary>
    public async Task<string> WordsAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var result = await Command(arguments, new Dictionary<string, string>()).ExecuteBufferedAsync(Encoding.UTF8, cancellation);
        return string.Join("; ", result.StandardError.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Standard output of a command that must succeed.</summary>
    /// <param name="what">What it is for, as the subject of a sentence.</param>
    /// <param name="places">Variables that say where git keeps what it writes: an index, objects, a work tree.</param>
    /// <exception cref="KernelSourceException">It failed; the message has git's words.</exception>
    public async Task<string> RunAsync(
        string what, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> places, CancellationToken cancellation)
    {
        var result = await Command(arguments, places).ExecuteBufferedAsync(Encoding.UTF8, cancellation);
        return result.ExitCode == 0 ? result.StandardOutput : throw Failed(what, result.StandardError);
    }

    /// <summary>Like <see cref="RunAsync"/>, for a command that reads standard input.</summary>
    /// <exception cref="KernelSourceException">It failed; the message has git's words.</exception>
    public async Task<string> FeedAsync(
        string what, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> places, byte[] input,
        CancellationToken cancellation)
    {
        var result = await Command(arguments, places).WithStandardInputPipe(PipeSource.FromBytes(input))
            .ExecuteBufferedAsync(Encoding.UTF8, cancellation);
        return result.ExitCode == 0 ? result.StandardOutput : throw Failed(what, result.StandardError);
    }

    /// <summary>Writes standard output to a file, byte by byte: a patch may hold any bytes.</summary>
    /// <exception cref="KernelSourceException">It failed; the message has git's words.</exception>
    public async Task WriteAsync(
        string what, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> places, string file,
        CancellationToken cancellation)
    {
        var errors = new StringBuilder();
        var result = await Command(arguments, places).WithStandardOutputPipe(PipeTarget.ToFile(file))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors)).ExecuteAsync(cancellation);
        if (result.ExitCode != 0)
            throw Failed(what, errors.ToString());
    }

    private KernelSourceException Failed(string what, string words) =>
        new($"{what} failed in {folder}: {(words.Trim() is { Length: > 0 } said ? said : "git says nothing")}");

    private Command Command(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> places) => Cli.Wrap(program)
        .WithArguments(["-C", folder, .. arguments])
        .WithEnvironmentVariables(environment =>
        {
            Isolate(environment);
            foreach (var (name, value) in places)
                environment.Set(name, value);
        })
        .WithValidation(CommandResultValidation.None);

    private void Isolate(EnvironmentVariablesBuilder environment)
    {
        // A hook of git's runs with variables that name another repository and index.
        var names = Environment.GetEnvironmentVariables().Keys.Cast<string>();
        foreach (var name in names.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)))
            environment.Set(name, null);
        environment
            .Set("LC_ALL", "C")
            .Set("GIT_CONFIG_NOSYSTEM", "1").Set("GIT_CONFIG_SYSTEM", "/dev/null").Set("GIT_CONFIG_GLOBAL", "/dev/null")
            // The tree may belong to another user; only its objects are read. A monitor of its files is another program.
            .Set("GIT_CONFIG_COUNT", "3").Set("GIT_CONFIG_KEY_0", "safe.directory").Set("GIT_CONFIG_VALUE_0", "*")
            .Set("GIT_CONFIG_KEY_1", "core.fsmonitor").Set("GIT_CONFIG_VALUE_1", "false")
            .Set("GIT_CONFIG_KEY_2", "core.autocrlf").Set("GIT_CONFIG_VALUE_2", "false")
            // A repository around the tree says nothing about it.
            .Set("GIT_CEILING_DIRECTORIES", Path.GetDirectoryName(folder) ?? "/")
            .Set("GIT_NO_REPLACE_OBJECTS", "1").Set("GIT_NO_LAZY_FETCH", "1")
            .Set("GIT_OPTIONAL_LOCKS", "0").Set("GIT_TERMINAL_PROMPT", "0");
    }
}
