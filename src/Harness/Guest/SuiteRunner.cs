using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Faultline.Harness.Docker;
using Faultline.Harness.Inputs;
using Faultline.Harness.Judging;
using Faultline.Harness.Programs;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>
/// Runs a suite on a kernel in a guest and judges it. A run whose inputs did not change is not repeated.
/// </summary>
/// <param name="engine">Runs the guests.</param>
/// <param name="images">The guest images.</param>
/// <param name="runs">Each run is kept in a folder of its name.</param>
/// <param name="isSteady">Kernels and suites hold still from this runner's first run to its last: each is read once.</param>
internal sealed class SuiteRunner(ContainerEngine engine, GuestImages images, string runs, bool isSteady = false)
{
    private readonly AcceleratorProbe _probe = new(engine, images, runs);
    private readonly ConcurrentDictionary<string, Input> _read = new(StringComparer.Ordinal);
    private readonly GuestRunner _guests = new(engine, images);

    /// <exception cref="GuestException">KVM was demanded and does not work, or the machine lacks what a guest needs.</exception>
    /// <exception cref="ContainerFailedException">The engine could not run the guest's container.</exception>
    public async Task<SuiteResult> RunAsync(SuiteRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        progress = new IdentifiedProgress(progress, request.Id, request.Run);
        var bzImage = request.BzImage ?? throw new ArgumentException("A guest needs a bzImage; HostSuiteRunner runs on this machine's kernel.", nameof(request));
        var accelerator = await _probe.ChooseAsync(
            request.Accelerator, bzImage, request.Kernel, progress, request.Modules, cancellation);
        var folder = Path.Combine(runs, request.Run);
        var kept = RunState.In(folder);
        var inputs = Inputs(request, bzImage, accelerator);
        var earlier = kept.Read();
        var difference = request.Fresh ? "a fresh run was asked for" : inputs.Reason(earlier?.Inputs, never: "no complete run yet");
        if (difference is null && Recall(request, earlier!, folder, progress) is { } known)
            return known;

        Directory.CreateDirectory(folder);
        kept.Remove();
        var guests = new SuiteGuests(_guests, request, accelerator, folder, progress);
        var run = await guests.RunAsync(bzImage, difference ?? "the earlier run's logs are gone", cancellation);
        KnownTests.Add(request.Programs, run.Evidence.Record);

        var used = accelerator with { Clocksource = run.Evidence.Record.Boot?.Clocksource };
        var result = SuiteJudge.Judge(request, run.Evidence, used, SuitePhases(guests.Phases), Logs(request, run.Logs), cached: false)
            with { FirstTestSeconds = run.FirstTestSeconds };
        if (run.Evidence.Guests.IsEmpty && result.Record.IsComplete
            && result.Verdict.Kind is not (VerdictKind.Infrastructure or VerdictKind.Hung))
        {
            kept.Write(new RunState
            {
                Inputs = inputs, Ending = run.Evidence.Ending, Detail = run.Evidence.Detail, Accelerator = used,
                Host = run.Evidence.Host, EarlierCrash = run.Evidence.EarlierCrash,
                Start = run.Evidence.Start, ResumeFailure = run.Evidence.ResumeFailure, LeftOut = run.Evidence.Log.LeftOut,
                Phases = [.. result.Phases], FirstTestSeconds = run.FirstTestSeconds,
            });
        }

        return result;
    }

    private static SuiteResult? Recall(SuiteRequest request, RunState earlier, string folder, IProgress<HarnessEvent> progress)
    {
        var logs = GuestLogs.In(folder, request.Run);
        if (!File.Exists(logs["events"]) || !File.Exists(logs["console"]))
            return null;
        var evidence = new RunEvidence(
            RunRecord.FromEvents(EventStreamReader.ReadAll(File.ReadAllBytes(logs["events"]))),
            KernelLogScanner.Scan(Encoding.UTF8.GetString(File.ReadAllBytes(logs["console"]))) with { LeftOut = earlier.LeftOut }, earlier.Ending, earlier.Detail)
        {
            Host = earlier.Host, EarlierCrash = earlier.EarlierCrash, Start = earlier.Start, ResumeFailure = earlier.ResumeFailure,
        };
        var reason = request.Prefix + "unchanged: kernel, suite, profile, guest";
        ImmutableArray<PhaseSummary> phases = [.. earlier.Phases.Select(phase => phase with { Seconds = 0, Cached = true, Reason = reason })];
        PhaseScope.Skip(progress, request.Kernel, Phase.Boot, reason);
        PhaseScope.Skip(progress, request.Kernel, Phase.Test, reason);
        return SuiteJudge.Judge(request, evidence, earlier.Accelerator, phases, Logs(request, logs), cached: true) with { FirstTestSeconds = earlier.FirstTestSeconds };
    }

    /// <summary>
    /// The recorded phases that belong to the suite: boot and test, without those that made the guest's images.
    /// </summary>
    internal static ImmutableArray<PhaseSummary> SuitePhases(params IEnumerable<PhaseRecorder> recorded) =>
        [.. recorded.SelectMany(one => one.Finished).Where(phase => phase.Phase is Phase.Boot or Phase.Test).Select(PhaseSummary.Of)];

    private static RunLogs Logs(SuiteRequest request, IReadOnlyDictionary<string, string> files) => new(request.Owner, files.ToImmutableDictionary());

    private Input Read(string path, Func<string, Input> read) => isSteady ? _read.GetOrAdd(path, read) : read(path);

    private Stamp Inputs(SuiteRequest request, string bzImage, Accelerator accelerator)
    {
        var (boot, run) = (
            request.Deadlines.BootSeconds(accelerator.DeadlineFactor), request.Deadlines.RunSeconds(accelerator.DeadlineFactor));
        return new Stamp(
        [
            Read(bzImage, file => Input.OfFile("kernel", file)), Read(request.Payload, folder => Input.OfFolder("suite", folder)),
            Input.OfContent("profile", request.Profile),
            Input.Of("filters", string.Join(' ', request.Filters)), Input.Of("rounds", string.Join(' ', request.Rounds.Arguments)),
            new Input("guest", images.Key, images.Folders),
            Input.Of("kernel arguments", string.Join(' ', request.KernelArguments)),
            Input.Of("accelerator", accelerator.Used.Name()), Input.Of("deadlines", $"{boot}/{run}"),
            .. request.Programs.Inputs(request.Filters),
        ]);
    }
}
