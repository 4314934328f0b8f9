using CliWrap;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Pipeline;

/// <summary>Runs the suite on this machine's own kernel: no container, no QEMU, no libclang.</summary>
internal sealed class HostSuite(Workspace workspace)
{
    public const string Kernel = "running";

    public async Task<SuiteRun> RunAsync(Payload payload, Variant profile, IReadOnlyList<string> filters, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        var folder = Path.Combine(workspace.Artifacts, "payload", Kernel);
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(workspace.Layout.LogFolder);
        var profileFile = Path.Combine(folder, "profile.json");
        // The machine's own kernel carries no tag of ours: identity is not asserted.
        AtomicFile.Write(profileFile, VariantProfile.ToJson(profile, tag: ""));
        var logs = new Dictionary<string, string>
        {
            ["events"] = Path.Combine(workspace.Layout.LogFolder, $"{Kernel}.events.jsonl"),
            ["payload"] = Path.Combine(workspace.Layout.LogFolder, $"{Kernel}.payload.log"),
        };

        using var phase = new PhaseScope(progress, Kernel, Phase.Test, $"profile {profile.Name}", logs["payload"], cancellation);
        File.Delete(logs["events"]);
        File.Create(logs["events"]).Dispose();
        var result = await CliWrap.Cli.Wrap("dotnet")
            .WithArguments([Path.Combine(payload.Folder, "Faultline.AbiTests.dll"), "--profile", profileFile, "--events", logs["events"],
                "--test-deadline", "15", "--run-deadline", "120", .. filters.SelectMany(filter => (string[])["--filter", filter])])
            .WithStandardOutputPipe(PipeTarget.ToDelegate(phase.Output))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(phase.Output))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellation);
        // In a guest, init reports the payload's exit; here nobody else can.
        await File.AppendAllTextAsync(logs["events"], $$"""{"event":"exit","code":{{result.ExitCode}}}""" + "\n", cancellation);
        var finished = phase.Succeed();
        return new SuiteRun(Kernel, SuiteRun.Replay(logs, GuestEnding.Stopped, null), new Accelerator(AcceleratorChoice.Auto, "host", "the machine's own kernel"),
            logs, phase.Seconds, false, [finished]);
    }
}
