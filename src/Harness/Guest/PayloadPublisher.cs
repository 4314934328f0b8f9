using CliWrap;
using Faultline.Machine;
using Faultline.Harness.Docker;
using Faultline.Harness.Inputs;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Guest;

/// <summary>
/// Publishes <c>src/AbiTests</c> against ABI models: one native program has the tests of every model that the checkout holds, and serves
/// every kernel that has one of them (ADR 15). While this lives, nobody removes what it published or found.
/// </summary>
/// <param name="checkout">Has the sources; a program goes to <c>artifacts/payload/KEY</c>, with a folder for each model.</param>
internal sealed class PayloadPublisher(Checkout checkout) : IDisposable
{
    /// <summary>Everything the suite is compiled from; a change of any of these files publishes again.</summary>
    private static readonly string[] SourceNames =
    [
        "src/AbiTests", "src/UffdProbe", "src/Userfaultfd", "src/AbiModel", "src/AbiEmit", "generators/AbiGenerator",
        "generators/PlanGenerator",
        "linux-patch/upstream/userfaultfd.abi.json", "Directory.Build.props", "Directory.Packages.props", "global.json", "nuget.config",
    ];

    /// <summary>Folders that hold these files, or most of them: where a save means another suite.</summary>
    public static IEnumerable<string> FoldersOf(Checkout checkout) =>
        SourceNames.Select(source => Path.Combine(checkout.Root, source)).Where(Directory.Exists);

    /// <summary>How often a suite is published whose sources change while it is.</summary>
    private const int Attempts = 3;

    private readonly PayloadStore _store = new(checkout.Payloads);
    private FileLock? _inUse;

    /// <param name="kernel">The kernel's name.</param>
    /// <param name="id">Which kernel it is among all: what its last suite was made from is kept by it.</param>
    /// <param name="abiModel">Its <c>userfaultfd.abi.json</c>.</param>
    /// <exception cref="GuestException">The suite does not compile, or there is no SDK. The message holds the compiler's errors.</exception>
    public async Task<PublishedPayload> PublishAsync(
        string kernel, string id, string abiModel, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        _inUse ??= await FileLock.TakeAsync(_store.UseLock, shared: true, cancellation: cancellation);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await TryPublishAsync(kernel, id, abiModel, progress, cancellation) is { } published)
                return published;
        }

        throw new GuestException(
            $"The suite's sources in {checkout.Root} changed each of the {Attempts} times that it was published. "
            + "Run again when nothing writes to them.");
    }

    /// <returns>null when the sources changed meanwhile, and nothing is kept.</returns>
    private async Task<PublishedPayload?> TryPublishAsync(
        string kernel, string id, string abiModel, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        var models = SuiteModels.For(abiModel, checkout.Root);
        var inputs = Inputs(models);
        // Kernels share a suite; the stamp says what changed since this kernel's last one.
        var key = inputs.Key;
        var folder = _store.FolderOf(key);
        var stamp = _store.StampOf(id);
        var earlier = stamp.Read();
        var reason = inputs.Reason(earlier, never: "not published yet") ?? "the published files are gone";

        // One at a time: they share the objects of what does not depend on the models.
        using var held = Directory.Exists(folder) ? null : await FileLock.TakeAsync(_store.BuildLock, cancellation: cancellation);
        var phase = Directory.Exists(folder)
            ? PhaseScope.Skip(progress, kernel, Phase.Payload, "unchanged: suite, generator, ABI model")
            : await PublishAsync(kernel, folder, key, models, reason, progress, cancellation);
        if (phase is null)
            return null;
        if (!inputs.Equals(earlier))
            stamp.Write(inputs);
        return new PublishedPayload(PayloadStore.ForModel(folder, SuiteModels.NameOf(abiModel)), KeyOf(abiModel), phase);
    }

    /// <summary>What the suite would be made from that is published now, as far as it matters to a kernel of this ABI.</summary>
    public string KeyOf(string abiModel) => new Stamp(Sources().Inputs.Append(Input.OfFile("ABI model", abiModel))).Key;

    /// <summary>Removes suites of other sources than the present ones, and those no kernel's last run used, unless another run is going on.</summary>
    /// <returns>The folders that are gone; this publisher's own results may be among them.</returns>
    public IReadOnlyList<string> RemoveUnused()
    {
        Dispose();
        return _store.RemoveUnused(Sources());
    }

    public void Dispose()
    {
        _inUse?.Dispose();
        _inUse = null;
    }

    private async Task<PhaseFinished?> PublishAsync(
        string kernel, string folder, string key, SuiteModels models, string reason, IProgress<HarnessEvent> progress,
        CancellationToken cancellation)
    {
        using var phase = new PhaseScope(progress, kernel, Phase.Payload, reason, cancellation: cancellation);
        var partial = folder + ".partial";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        var objects = new PublishedSources(_store.BuildFolder);
        var files = Inputs(models).Files;
        objects.RemoveMisledObjects(files);
        using (objects.Remember(files))
            await PublishAsync(partial, models, phase, cancellation);
        if (Inputs(models).Key != key)
        {
            // A source was saved meanwhile: nobody can say which of its states was compiled.
            Directory.Delete(partial, recursive: true);
            phase.Succeed(reason: "its sources changed meanwhile: publishing again");
            return null;
        }

        Directory.Move(partial, folder);
        return phase.Succeed();
    }

    private async Task PublishAsync(string folder, SuiteModels models, PhaseScope phase, CancellationToken cancellation)
    {
        var packages = new RestoredPackages(_store.BuildFolder);
        var asked = RestoredPackages.Of(checkout.Root, SourceNames.SelectMany(FilesOf), DotnetSdks.Installed);
        var restored = packages.Are(asked);
        packages.Forget();
        var (succeeded, lines) = await RunAsync(folder, models, restored, phase, cancellation);
        if (!succeeded && restored && RestoredPackages.MayBeMissing(lines))
            (succeeded, lines) = await RunAsync(folder, models, restored: false, phase, cancellation);
        if (succeeded)
        {
            packages.Remember(asked);
            return;
        }

        var errors = lines.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal).Take(10).ToList();
        var told = (errors.Count > 0 ? errors : lines.TakeLast(10)).Select(line => "  " + line);
        throw new GuestException($"The suite could not be published against {models}:\n{string.Join('\n', told)}");
    }

    private async Task<(bool Succeeded, IReadOnlyList<string> Lines)> RunAsync(
        string folder, SuiteModels models, bool restored, PhaseScope phase, CancellationToken cancellation)
    {
        var lines = new List<string>();
        var pipe = PipeTarget.ToDelegate(line =>
        {
            lock (lines)
                lines.Add(line);
            phase.Output(line);
        });
        var result = await Cli.Wrap(HostProgram.Dotnet.Require("to compile the suite"))
            .WithWorkingDirectory(checkout.Root)
            .WithArguments(
            [
                "publish", Path.Combine(checkout.Root, "src", "AbiTests"), "--configuration", "Release", "--output", folder,
                "--nologo", "--verbosity", "quiet", "--artifacts-path", _store.BuildFolder, .. restored ? (string[])["--no-restore"] : [],
                // The solution's build looks for style; here they are two thirds of the compiler's time.
                "-p:RunAnalyzers=false", "-p:FaultlineNative=true", $"-p:KernelAbiModels={models.WriteTo(_store.BuildFolder)}",
            ])
            .WithEnvironmentVariables(environment => environment.Set("DOTNET_CLI_TELEMETRY_OPTOUT", "1").Set("DOTNET_NOLOGO", "1"))
            .WithStandardOutputPipe(pipe).WithStandardErrorPipe(pipe).WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellation);
        return (result.IsSuccess, lines);
    }

    private Stamp Inputs(SuiteModels models) =>
        new(Sources().Inputs.Append(Input.OfFiles("ABI models", checkout.Root, [.. models.Files])));

    /// <summary>What the suites of all kernels are made from.</summary>
    private Stamp Sources() => new(
    [
        .. SourceNames.Select(source => Input.OfFiles(source, checkout.Root, [.. FilesOf(source)])),
        Input.Of(".NET SDK", DotnetSdks.Installed),
    ]);

    private IEnumerable<string> FilesOf(string source)
    {
        var path = Path.Combine(checkout.Root, source);
        return File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(path, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal);
    }
}
