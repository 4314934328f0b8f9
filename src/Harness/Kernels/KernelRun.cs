using Faultline.Harness.Docker;
using Faultline.Harness.Inputs;
using Faultline.Harness.Kconfig;
using Faultline.Harness.Kernels.StepOutput;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Kernels;

/// <summary>One build of one kernel: the phases in order, from the source on in one container.</summary>
internal sealed class KernelRun(
    Checkout checkout, ContainerEngine engine, StepContainer container, KernelRequest request, KconfigFragment fragment, Stamp inputs,
    Func<Stamp> inputsNow, string why,
    IProgress<HarnessEvent> progress, CancellationToken cancellation)
{
    private readonly StepRunner _steps = new(engine, checkout, request) { Container = container };
    private readonly List<PhaseFinished> _phases = [];
    private Stamp _inputs = inputs;
    private string _sourceVersion = "";
    private string _kconfigKey = "";

    /// <returns>The kernel; or what changed during the build, of which the results are then neither from before nor from after.</returns>
    public async Task<(BuiltKernel? Kernel, IReadOnlyList<string> Moved)> BuildAsync(string folder)
    {
        using var preparation = new SourcePreparation(checkout, engine, _steps, request, why, progress, cancellation);
        (_sourceVersion, var prepared) = await preparation.RunAsync();
        _phases.AddRange(prepared);
        if (preparation.Snapshot is { } snapshot)
        {
            // The kernel is made from the copy, so the copy's key is its key, whatever the tree holds by now.
            _inputs = _inputs.With(KernelInputs.SourceOf(request, snapshot.Key));
            _kconfigKey = snapshot.KconfigKey;
        }

        await ApplyAsync();
        await ConfigureAsync();
        await CompileAsync();
        var release = await ExtractAsync(folder);
        if (inputsNow().Differences(_inputs).Where(input => input != KernelInputs.Source).ToList() is { Count: > 0 } moved)
            return (null, moved);
        var files = KernelState.HashesOf(
            folder,
            [.. KernelBuilder.ResultNamesOf(request.Architecture), .. KernelBuilder.OptionalResultNames, KernelBuilder.HeaderFolder]);
        // One that is not known may be so tomorrow, when git is installed.
        var subjects = await PatchSubjects.OfAsync(request.Series.Patches, cancellation) is var all && all.Contains(null) ? null : all;
        new KernelState(_inputs, _sourceVersion, release, files, subjects).Write(folder);
        return (new BuiltKernel(request.Id, release, _sourceVersion, folder, _phases) { Subjects = subjects }, []);
    }

    private async Task ApplyAsync()
    {
        using var phase = Begin(Phase.Apply);
        var patches = request.Series.Patches;
        ContainerInput[] inputs = patches.Count == 0 ? [] : [StepRunner.InputOf(request.Series)];
        var (exit, lines) = await _steps.RunAsync("apply-series", phase, new Dictionary<string, string>
        {
            ["SERIES_KEY"] = $"{_inputs[KernelInputs.Tools]} {_sourceVersion} {_inputs[KernelInputs.Source]} "
                + $"{_inputs[KernelInputs.Series]}",
        }, inputs, cancellation: cancellation);

        // 65 (EX_DATAERR) is the script's word for a series that git refused; any other failure is the machinery's.
        if (exit.Code == 65)
            throw new PatchDoesNotApplyException(request.Name, PatchFailure.Parse(lines), $"{request.Source} ({_sourceVersion})",
                phase.LogPath);
        Demand(exit, phase);
        var cached = lines.Contains(StepRunner.Unchanged);
        End(phase, cached, cached ? "unchanged: series" : patches.Count == 0 ? "no series" : Applied(lines));
    }

    /// <summary>Why, how many commits it made, and what is not among them: nobody finds that out by a kernel that lacks it.</summary>
    private string Applied(List<string> lines)
    {
        const string applied = "faultline: applied ", leftOut = "faultline: left out ";
        var commits = lines.Find(line => line.StartsWith(applied, StringComparison.Ordinal))?[applied.Length..];
        var unlisted = request.Series.Parts.Where(part => !part.Listed)
            .Select(part => $"no series file in {part.Folder}: its patches in the order of their numbers or names");
        var without = lines.Where(line => line.StartsWith(leftOut, StringComparison.Ordinal))
            .Select(line => $"left out {line[leftOut.Length..]}");
        return string.Join("; ", [$"{why}, {commits} {(commits == "1" ? "commit" : "commits")}", .. unlisted, .. without]);
    }

    private async Task ConfigureAsync()
    {
        using var phase = Begin(Phase.Configure);
        using var results = new TemporaryResults(checkout, request.Id);
        var configFile = results.Of("config");
        var (exit, lines) = await _steps.RunAsync("configure", phase, new Dictionary<string, string>
        {
            ["TARGET"] = fragment.Target,
            // Not the series' key: the script looks which of its files kconfig reads, and an edited C file leaves the configuration alone.
            ["CONFIG_KEY"] = $"{_inputs[KernelInputs.Tools]} {(_kconfigKey.Length > 0 ? _kconfigKey : _sourceVersion)} "
                + KernelInputs.ConfigurationOf(fragment),
        },
        [ContainerInput.FromText(fragment.ToConfigLines(), "/tmp/fragment.config")],
        [new ContainerOutput("/tmp/config", configFile)], cancellation: cancellation);
        if (exit.Code != 0)
            throw new KernelBuildException(request.Name, Phase.Configure, ErrorsIn(lines), exit.Tail, phase.LogPath);

        var values = KconfigValues.Parse(await File.ReadAllTextAsync(configFile, cancellation));
        if (values.Dropped(fragment) is { Count: > 0 } dropped)
            throw await ExplainAsync(dropped, values, phase, results);
        var cached = lines.Contains(StepRunner.Unchanged);
        End(phase, cached, cached ? "unchanged: config" : why);
    }

    private async Task<KconfigDroppedException> ExplainAsync(
        IReadOnlyList<KconfigRequest> dropped, KconfigValues values, PhaseScope phase, TemporaryResults results)
    {
        var folder = results.Of("kconfig");
        await _steps.RunCheckedAsync(
            "list-kconfig", phase, [], null, [new ContainerOutput("/tmp/kconfig", folder)], cancellation: cancellation);
        var tree = KconfigTree.LoadFolder(folder);
        var failure = new KconfigDroppedException(request.Name, [.. dropped.Select(d => KconfigExplanation.Explain(d, values, tree))],
            phase.LogPath);
        phase.Output(failure.Message);
        return failure;
    }

    private async Task CompileAsync()
    {
        using var phase = Begin(Phase.Build);
        var (exit, lines) = await _steps.RunAsync("build", phase, [], cancellation: cancellation);
        // 70 (EX_SOFTWARE): kbuild was content, and the image does not hold the kernel.
        if (exit.Code == 70)
            Demand(exit, phase);
        if (exit.Code != 0)
            throw new KernelBuildException(request.Name, Phase.Build, ErrorsIn(lines), exit.Tail, phase.LogPath);
        End(phase, cached: false, why);
    }

    private async Task<string> ExtractAsync(string folder)
    {
        using var phase = Begin(Phase.Extract);
        using var results = new TemporaryResults(checkout, request.Id);
        var taken = results.Of("out");
        await _steps.RunCheckedAsync(
            "extract", phase, [], null, [new ContainerOutput("/tmp/out", taken)], cancellation: cancellation);
        var release = (await File.ReadAllTextAsync(Path.Combine(taken, "release"), cancellation)).Trim();
        if (!release.EndsWith(request.Tag, StringComparison.Ordinal))
            throw new KernelBuildException(request.Name, Phase.Extract, [],
                [$"the release is '{release}' and lacks the tag '{request.Tag}'"], phase.LogPath);
        // Not before now: a build that fails leaves the last good result, and the inputs it was made from, as they were.
        KernelState.Remove(folder);
        foreach (var name in KernelBuilder.ResultNamesOf(request.Architecture))
            File.Move(Path.Combine(taken, name), Path.Combine(folder, name), overwrite: true);
        foreach (var name in KernelBuilder.OptionalResultNames)
        {
            File.Delete(Path.Combine(folder, name));
            if (File.Exists(Path.Combine(taken, name)))
                File.Move(Path.Combine(taken, name), Path.Combine(folder, name));
        }

        var headers = Path.Combine(folder, KernelBuilder.HeaderFolder);
        if (Directory.Exists(headers))
            Directory.Delete(headers, recursive: true);
        Directory.Move(Path.Combine(taken, KernelBuilder.HeaderFolder), headers);
        var moved = (await TreeFingerprint.KeyAsync(request.Source, cancellation)) != _inputs[KernelInputs.Source];
        var remark = moved ? $"; the tree changed during the build, and this kernel is of the state before: {_sourceVersion}" : "";
        End(phase, cached: false, why + remark);
        return release;
    }

    private IReadOnlyList<BuildError> ErrorsIn(IEnumerable<string> log)
    {
        var places = new SourcePlaces(request);
        return [.. BuildError.Find(log).Select(places.Of)];
    }

    private PhaseScope Begin(Phase phase) => new(
        progress, request.Name, phase, why, checkout.LogOf(request.Id.Name, phase), cancellation);

    private void End(PhaseScope phase, bool cached, string reason) => _phases.Add(phase.Succeed(cached, reason));

    private void Demand(ContainerExit exit, PhaseScope phase)
    {
        if (exit.Code != 0)
            throw new ContainerFailedException(
                $"{phase.Phase}: a step for {request.Name} ended with exit code {exit.Code}. Whole log: {phase.LogPath}",
                phase.Phase, exit.Name, exit.Code, exit.Tail);
    }
}
