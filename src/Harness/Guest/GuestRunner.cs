using System.Diagnostics;
using System.Text;
using Faultline.Harness.Docker;
using Faultline.Harness.Identity;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>Boots a kernel with a payload in QEMU inside a container, and gathers what both say.</summary>
/// <remarks>
/// Three deadlines, each for the case that the one before cannot act: the payload's own (it names the test), init's
/// watchdog (it dumps blocked tasks), the container's script (registers and an NMI for a guest that is dead). The
/// engine's deadline is for a script that is. What the harness believes of a run comes over ports and files; the kernel
/// log is only ever read for what the kernel says.
/// </remarks>
internal sealed class GuestRunner(ContainerEngine engine, GuestImages images)
{
    private static readonly TimeSpan ScriptMargin = TimeSpan.FromMinutes(3);

    /// <returns>What came of it; a guest that crashes or hangs is a result, not an exception.</returns>
    /// <exception cref="ContainerFailedException">The engine could not run the container.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the container is gone.</exception>
    public async Task<GuestRun> RunAsync(GuestRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        var volume = await images.EnsureAsync(request.Kernel, progress, cancellation);
        Directory.CreateDirectory(request.LogFolder);
        var files = new GuestFiles(request.LogFolder, request.Run);
        files.DeleteOld();

        using var run = new RunProgress(progress, request.Kernel, request.Reason, request.Done, cancellation);
        var reader = new EventStreamReader();
        var clock = Stopwatch.StartNew();
        using var console = new BoundedLog(files.Logs["console"]);
        using var events = new BoundedLog(files.Logs["events"]);
        ContainerExit? exit = null;
        try
        {
            exit = await engine.Containers.RunAsync(
                await SpecificationAsync(request, volume, files),
                (stream, bytes) =>
                {
                    if (stream == OutputStream.StandardError)
                    {
                        console.Write(bytes.Span);
                        return;
                    }

                    events.Write(bytes.Span);
                    foreach (var e in reader.Push(bytes.Span))
                        run.Add(e, clock.Elapsed.TotalSeconds);
                },
                cancellation);
        }
        catch (ContainerDeadlineException)
        {
            // The script is dead as well: what there is came over the streams.
        }

        var seconds = clock.Elapsed.TotalSeconds;
        foreach (var e in reader.Complete())
            run.Add(e, seconds);
        foreach (var e in files.AppendInit(events))
            run.Add(e, seconds);
        console.Complete();
        events.Complete();
        run.Complete();
        var evidence = Evidence(run.Record, files, exit, console, seconds);
        files.DeleteTemporary(keepQemu: evidence.Ending == GuestEnding.Broken);
        return new GuestRun(evidence, files.Logs, run.BootSeconds, run.FirstTestSeconds, seconds);
    }

    private static RunEvidence Evidence(RunRecord record, GuestFiles files, ContainerExit? exit, BoundedLog console, double seconds)
    {
        console.Dispose();
        var log = KernelLogScanner.Scan(Encoding.UTF8.GetString(File.ReadAllBytes(files.Logs["console"]))) with { LeftOut = console.LeftOut };
        var file = EndingFile.Read(files.Ending);
        var (ending, detail) = (exit, file.Ending) switch
        {
            (null, _) => (GuestEnding.Deadline, null),
            ({ Killer: { } killer }, _) => (GuestEnding.Killed, killer),
            ({ Code: not 0 }, _) => (GuestEnding.Broken, $"the runner script ended with exit code {exit.Code}\n{string.Join('\n', exit.Tail.TakeLast(10))}"),
            (_, GuestEnding.Killed) => (GuestEnding.Killed, $"{file.Killer}\n{GuestFiles.Text(files.Qemu)}"),
            (_, GuestEnding.Broken) => (GuestEnding.Broken, GuestFiles.Text(files.Qemu)),
            (_, GuestEnding.Deadline) => (GuestEnding.Deadline, $"{GuestFiles.Text(files.Registers)}{GuestFiles.Text(files.Qemu)}"),
            (_, GuestEnding.Reset) => (GuestEnding.Reset, GuestFiles.Text(files.Registers)),
            // Init announces the watchdog's power-off.
            _ => (record.Watchdog is null ? GuestEnding.Stopped : GuestEnding.Deadline, (string?)null),
        };
        return new RunEvidence(record, log, ending, detail?.Trim())
        {
            Limit = file.Limit, Silence = file.Silence, Host = file.Host(seconds), Crash = file.Crash,
            Image = Architecture.X86.ImageInWords, Start = file.Start, ResumeFailure = file.ResumeFailure,
        };
    }

    private async Task<ContainerSpec> SpecificationAsync(GuestRequest request, string volume, GuestFiles files)
    {
        var factor = request.Accelerator.DeadlineFactor;
        var isKvm = request.Accelerator.Used == AcceleratorKind.Kvm;
        var (boot, guest, off) = (request.Deadlines.BootSeconds(factor), request.Deadlines.WatchdogSeconds(factor), request.Deadlines.PowerOffSeconds(factor));
        var command = new GuestCommand(request.Accelerator.Used, boot, guest, off)
        {
            MemoryMiB = request.MemoryMiB, Processors = request.Processors, KernelArguments = request.KernelArguments,
            Standing = request.Standing, Silence = request.Silence,
        };
        return new ContainerSpec
        {
            Image = images.Runner.Tag,
            Purpose = $"guest-{request.Kernel}",
            Phase = Phase.Test,
            Command = command.Words,
            Environment = command.Environment,
            Mounts =
            [
                ContainerMount.OfVolume(volume, "/guest", readOnly: true), ContainerMount.Tmpfs("/tmp", 512L << 20),
                .. request.Standing is null ? [] : (ContainerMount[])[ContainerMount.OfVolume(await images.SnapshotsAsync(), "/snapshots")],
            ],
            Devices = isKvm ? [AcceleratorProbe.Device] : [],
            Groups = isKvm ? await AcceleratorProbe.DeviceGroupsAsync() : [],
            Inputs =
            [
                ContainerInput.FromHost(request.BzImage, "/input/bzImage"), ContainerInput.FromHost(request.Payload, "/input/payload"),
                .. ContainerInput.OfModules(request.Modules),
                .. request.Standing is { } suite ? (ContainerInput[])[ContainerInput.FromText(suite.Orders, "/input/orders")] : [],
            ],
            Outputs = files.Outputs,
            Deadline = (TimeSpan.FromSeconds(boot + guest + off) + ScriptMargin) * Deadlines.MostStretch,
        };
    }
}
