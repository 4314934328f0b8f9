using CliWrap;
using CliWrap.Exceptions;
using Faultline.Harness.Docker;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Guest;

/// <summary>The conformance suite, published against one kernel's ABI.</summary>
/// <param name="Folder">The published files.</param>
/// <param name="Key">Hash of everything it was made from.</param>
public sealed record PublishedPayload(string Folder, string Key, PhaseFinished Phase);

/// <summary>Publishes <c>src/AbiTests</c> against the ABI model of a kernel.</summary>
/// <param name="root">The repository.</param>
/// <param name="artifacts">Results go to <c>payload/KEY</c> below it.</param>
public sealed class PayloadPublisher(string root, string artifacts) : IDisposable
{
    /// <summary>Everything the suite is compiled from; a change of any of these files publishes again.</summary>
    private static readonly string[] Sources =
    [
        "src/AbiTests", "src/Userfaultfd", "src/AbiModel", "generators/AbiGenerator", "Directory.Build.props", "Directory.Packages.props", "global.json",
    ];

    // One at a time: they share the objects of what does not depend on the model, which makes the second one much cheaper.
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <param name="kernel">The kernel's name.</param>
    /// <param name="abiModel">Its <c>userfaultfd.abi.json</c>.</param>
    /// <exception cref="GuestException">The suite does not compile, or there is no SDK. The message holds the compiler's errors.</exception>
    public async Task<PublishedPayload> PublishAsync(
        string kernel, string abiModel, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        var inputs = Inputs(abiModel);
        var key = InputHash.Of(hash =>
        {
            foreach (var (name, value) in inputs)
                hash.Add(name, value);
        });
        // Kernels with the same ABI share one suite; the stamp only says what changed since this kernel's last one.
        var folder = Path.Combine(artifacts, "payload", key[..12]);
        var stamp = Path.Combine(artifacts, "payload", kernel + ".key");
        var earlier = Read(stamp);
        if (Directory.Exists(folder))
            return new PublishedPayload(folder, key, PhaseScope.Skip(progress, kernel, Phase.Payload, "unchanged: suite, generator, ABI model"));

        var changed = inputs.Where(input => earlier.GetValueOrDefault(input.Name) != input.Value).Select(input => input.Name).ToList();
        var reason = earlier.Count == 0 ? "not published yet" : changed.Count > 0 ? $"changed: {string.Join(", ", changed)}" : "the published files are gone";
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            using var phase = new PhaseScope(progress, kernel, Phase.Payload, reason, cancellation: cancellation);
            var partial = folder + ".partial";
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
            await PublishAsync(partial, abiModel, phase, cancellation).ConfigureAwait(false);
            Directory.Move(partial, folder);
            await File.WriteAllLinesAsync(
                stamp, inputs.Select(input => $"{input.Name}={input.Value}").Append($"key={key}"), cancellation).ConfigureAwait(false);
            return new PublishedPayload(folder, key, phase.Succeed());
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task PublishAsync(string folder, string abiModel, PhaseScope phase, CancellationToken cancellation)
    {
        var lines = new List<string>();
        var pipe = PipeTarget.ToDelegate(line =>
        {
            lock (lines)
                lines.Add(line);
            phase.Output(line);
        });
        try
        {
            await Cli.Wrap("dotnet")
                .WithWorkingDirectory(root)
                .WithArguments(
                [
                    "publish", Path.Combine(root, "src", "AbiTests"), "--configuration", "Release", "--output", folder, "--nologo",
                    "--verbosity", "quiet", "--artifacts-path", Path.Combine(artifacts, "payload", ".build"),
                    $"-p:KernelAbiModel={Path.GetFullPath(abiModel)}",
                ])
                .WithEnvironmentVariables(environment => environment.Set("DOTNET_CLI_TELEMETRY_OPTOUT", "1").Set("DOTNET_NOLOGO", "1"))
                .WithStandardOutputPipe(pipe).WithStandardErrorPipe(pipe)
                .ExecuteAsync(cancellation).ConfigureAwait(false);
        }
        catch (CommandExecutionException e)
        {
            var errors = lines.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal).Take(10).ToList();
            throw new GuestException(
                $"The suite could not be published against {abiModel}:\n{string.Join('\n', (errors.Count > 0 ? errors : lines.TakeLast(10)).Select(line => "  " + line))}", e);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new GuestException("The suite is compiled for each kernel, and there is no 'dotnet' command. Install the .NET 10 SDK.", e);
        }
    }

    private List<(string Name, string Value)> Inputs(string abiModel)
    {
        var inputs = Sources.Select(source => (Name: source, Value: InputHash.Of(hash => AddSource(hash, Path.Combine(root, source)))[..16])).ToList();
        inputs.Add(("ABI model", InputHash.Of(hash => hash.AddFile("model", abiModel))[..16]));
        inputs.Add((".NET runtime", Environment.Version.ToString()));
        return inputs;
    }

    private static void AddSource(InputHash hash, string path)
    {
        if (File.Exists(path))
        {
            hash.AddFile(Path.GetFileName(path), path);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(path, file);
            if (relative.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
                hash.AddFile(relative, file);
        }
    }

    private static Dictionary<string, string> Read(string stamp) => !File.Exists(stamp)
        ? []
        : File.ReadAllLines(stamp).Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last()[1], StringComparer.Ordinal);
}
