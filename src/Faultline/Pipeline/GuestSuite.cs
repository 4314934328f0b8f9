using System.Text.Json;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Pipeline;

/// <summary>What to run in a guest.</summary>
/// <param name="Run">Names the run and its logs.</param>
/// <param name="Profile">What the suite is held against.</param>
/// <param name="Tag">The tag the suite asserts; another than the profile's for a control run.</param>
internal sealed record SuiteRequest(BuiltKernel Kernel, string Run, Payload Payload, Variant Profile, string Tag, IReadOnlyList<string> Filters);

/// <summary>Runs the suite in a guest, unless the same kernel, suite and guest already did.</summary>
internal sealed class GuestSuite(Workspace workspace, Func<CancellationToken, Task<ContainerEngine>> connect, AcceleratorChoice choice, bool fresh) : IDisposable
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    /// <summary>Seconds one test may take on a real CPU. Most take milliseconds; a minute under emulation is a hang.</summary>
    private const int TestDeadline = 15;

    private static readonly TimeSpan RunDeadline = TimeSpan.FromSeconds(90);

    private readonly SemaphoreSlim _probe = new(1, 1);
    private GuestImages? _images;

    private string Folder => Path.Combine(workspace.Artifacts, "guest");

    public async Task<SuiteRun> RunAsync(SuiteRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        var remembered = Path.Combine(Folder, $"{request.Run}.run.json");
        var key = await KeyAsync(request, cancellation);
        var old = fresh ? null : Memory.Read(remembered);
        if (old?.Key == key)
        {
            var skipped = PhaseScope.Skip(progress, request.Run, Phase.Test, $"unchanged: kernel, suite, profile, guest; verdict of {old.When:yyyy-MM-dd HH:mm} UTC");
            return new SuiteRun(request.Run, SuiteRun.Replay(old.Logs, old.Ending, null), old.Accelerator, old.Logs, old.Seconds, true, [skipped]);
        }

        var engine = await connect(cancellation);
        var accelerator = await AccelerateAsync(engine, request, progress, cancellation);
        var payload = Path.Combine(workspace.Artifacts, "payload", request.Kernel.Name, $"run-{request.Run}");
        PayloadFolder.Create(request.Payload.Folder, VariantProfile.ToJson(request.Profile, request.Tag),
            PayloadFolder.Arguments(request.Filters, (int)(TestDeadline * accelerator.DeadlineFactor), GuestRunner.SuiteDeadline(RunDeadline, accelerator)), payload);

        var phases = new PhaseRecorder(progress);
        var run = await new GuestRunner(engine, _images!).RunAsync(
            new GuestRequest
            {
                Kernel = request.Run,
                Run = request.Run,
                BzImage = request.Kernel.BzImage,
                Payload = payload,
                Accelerator = accelerator,
                RunDeadline = RunDeadline,
                LogFolder = workspace.Layout.LogFolder,
            },
            phases, cancellation);

        // A crash or a failed test is a finding and stays; trouble of the machinery must not.
        File.Delete(remembered);
        if (run.Evidence.Record.IsComplete || VerdictRules.Judge(run.Evidence).Kind is VerdictKind.Crashed or VerdictKind.Hung)
            new Memory(key, DateTime.UtcNow, run.Evidence.Ending, accelerator, new Dictionary<string, string>(run.Logs), run.Seconds).Write(remembered);
        return new SuiteRun(request.Run, run.Evidence, accelerator, run.Logs, run.Seconds, false, phases.Finished);
    }

    public void Dispose()
    {
        _images?.Dispose();
        _probe.Dispose();
    }

    private async Task<string> KeyAsync(SuiteRequest request, CancellationToken cancellation)
    {
        var runtime = await DotnetRuntime.FindAsync(cancellation);
        return InputHash.Of(hash =>
        {
            hash.AddFile("kernel", request.Kernel.BzImage);
            hash.Add("payload", request.Payload.Key);
            hash.Add("profile", VariantProfile.ToJson(request.Profile, request.Tag));
            hash.Add("filters", string.Join('\n', request.Filters));
            hash.Add("guest", GuestImages.Key(workspace.Layout.Images, runtime));
            hash.Add("accelerator", choice.ToString());
        });
    }

    /// <summary>One probe serves all runs.</summary>
    private async Task<Accelerator> AccelerateAsync(ContainerEngine engine, SuiteRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        await _probe.WaitAsync(cancellation);
        try
        {
            _images ??= new GuestImages(engine, workspace.Layout.Images);
            return await new AcceleratorProbe(engine, _images, Folder).ChooseAsync(choice, request.Kernel.BzImage, request.Run, progress, cancellation);
        }
        finally
        {
            _probe.Release();
        }
    }

    /// <summary>What is kept of a run; its evidence is in the logs.</summary>
    private sealed record Memory(string Key, DateTime When, GuestEnding Ending, Accelerator Accelerator, Dictionary<string, string> Logs, double Seconds)
    {
        public static Memory? Read(string path)
        {
            try
            {
                var memory = JsonSerializer.Deserialize<Memory>(File.ReadAllText(path), Options);
                return memory is not null && File.Exists(memory.Logs["events"]) && File.Exists(memory.Logs["console"]) ? memory : null;
            }
            catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException)
            {
                return null;
            }
        }

        public void Write(string path) => AtomicFile.Write(path, JsonSerializer.Serialize(this, Options));
    }
}
