using CliWrap;
using Faultline.Harness.Docker;
using Faultline.Harness.Progress;

namespace Faultline.Cli.Pipeline;

/// <summary>The conformance suite could not be published; the message holds what dotnet said.</summary>
internal sealed class PayloadException(string message) : Exception(message);

/// <param name="Folder">The published suite.</param>
/// <param name="Key">Hash of what it was made from.</param>
internal sealed record Payload(string Folder, string Key);

/// <summary>Publishes <c>src/AbiTests</c> against the ABI model of one kernel. Publishes share intermediate folders, so one runs at a time.</summary>
internal sealed class PayloadPublisher(Workspace workspace)
{
    private static readonly string[] SourceFolders = ["src/AbiTests", "src/Userfaultfd", "src/AbiModel", "generators/AbiGenerator"];
    private static readonly string[] SourceFiles = ["Directory.Build.props", "Directory.Packages.props", "global.json"];

    public async Task<Payload> PublishAsync(string kernel, string model, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        var folder = Path.Combine(workspace.Artifacts, "payload", kernel, "published");
        var keyFile = Path.Combine(workspace.Artifacts, "payload", kernel, "key");
        var key = Key(model);
        var old = File.Exists(keyFile) ? File.ReadAllText(keyFile) : null;
        if (old == key && Directory.Exists(folder))
        {
            PhaseScope.Skip(progress, kernel, Phase.Payload, "unchanged: suite, library, generator, ABI model");
            return new Payload(folder, key);
        }

        var log = Path.Combine(workspace.Layout.LogFolder, $"{kernel}.payload.log");
        var why = old is null ? "no earlier result" : "suite, library, generator or ABI model changed";
        using var phase = new PhaseScope(progress, kernel, Phase.Payload, why, log, cancellation);
        File.Delete(keyFile);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var tail = new List<string>();
        void Take(string line)
        {
            phase.Output(line);
            tail.Add(line);
        }

        var result = await CliWrap.Cli.Wrap("dotnet")
            .WithArguments(["publish", Path.Combine(workspace.Root, "src", "AbiTests"), "--configuration", "Release",
                $"-p:KernelAbiModel={Path.GetFullPath(model)}", "--output", folder, "--verbosity", "quiet"])
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Take))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Take))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellation);
        if (result.ExitCode != 0)
        {
            throw new PayloadException(
                $"{kernel}: the conformance suite does not build against {model} (dotnet publish, exit code {result.ExitCode}):\n"
                + string.Join('\n', tail.TakeLast(15).Select(line => "  " + line)) + $"\nWhole log: {log}");
        }

        AtomicFile.Write(keyFile, key);
        phase.Succeed();
        return new Payload(folder, key);
    }

    private string Key(string model) => InputHash.Of(hash =>
    {
        hash.Add("sdk", Environment.Version.ToString());
        hash.AddFile("model", model);
        foreach (var name in SourceFiles)
            hash.AddFile(name, Path.Combine(workspace.Root, name));
        foreach (var folder in SourceFolders)
        {
            foreach (var path in Sources(Path.Combine(workspace.Root, folder)))
                hash.AddFile(Path.GetRelativePath(workspace.Root, path), path);
        }
    });

    /// <summary>Everything but build outputs, in a fixed order.</summary>
    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(folder, path).Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);
}
