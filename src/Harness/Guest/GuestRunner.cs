using System.Diagnostics;
using System.Globalization;
using System.Text;
using Faultline.Harness.Docker;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>Boots a kernel with a payload in QEMU inside a container, and gathers what both say.</summary>
/// <remarks>
/// Three deadlines, each for the case that the one before cannot act: the payload's own (it names the test), init's watchdog (it dumps blocked
/// tasks), the container's script (registers and an NMI for a guest that is dead). The engine's deadline is for a script that is.
/// </remarks>
public sealed class GuestRunner(ContainerEngine engine, GuestImages images)
{
    private static readonly TimeSpan ScriptMargin = TimeSpan.FromSeconds(20);

    /// <returns>What came of it; a guest that crashes or hangs is a result, not an exception.</returns>
    /// <exception cref="ContainerFailedException">The engine could not run the container.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the container is gone.</exception>
    public async Task<GuestRun> RunAsync(GuestRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        var volume = await images.EnsureAsync(request.Kernel, progress, cancellation).ConfigureAwait(false);
        Directory.CreateDirectory(request.LogFolder);
        var logs = GuestLogs.In(request.LogFolder, request.Run);
        foreach (var path in logs.Values)
            File.Delete(path);

        var endings = Path.Combine(request.LogFolder, $".{request.Run}.ending");
        var qemu = Path.Combine(request.LogFolder, $"{request.Run}.qemu.log");
        using var console = new MemoryStream();
        using var run = new RunProgress(progress, request.Kernel, request.Reason, cancellation);
        var ending = GuestEnding.Broken;
        string? detail = null;
        var clock = Stopwatch.StartNew();
        try
        {
            File.Delete(endings);
            File.Delete(qemu);
            await using var consoleFile = File.Create(logs["console"]);
            await using var eventsFile = File.Create(logs["events"]);
            var reader = new EventStreamReader();
            var exit = await engine.Containers.RunAsync(
                await SpecificationAsync(request, volume, endings, logs["payload"], qemu).ConfigureAwait(false),
                (stream, bytes) =>
                {
                    if (stream == OutputStream.StandardError)
                    {
                        consoleFile.Write(bytes.Span);
                        console.Write(bytes.Span);
                        return;
                    }

                    eventsFile.Write(bytes.Span);
                    foreach (var e in reader.Push(bytes.Span))
                        run.Add(e, clock.Elapsed.TotalSeconds);
                },
                cancellation).ConfigureAwait(false);
            foreach (var e in reader.Complete())
                run.Add(e, clock.Elapsed.TotalSeconds);
            ending = Ending(endings);
            if (exit.Code != 0)
                detail = $"the runner script ended with exit code {exit.Code}\n{string.Join('\n', exit.Tail.TakeLast(10))}";
            else if (ending == GuestEnding.Broken)
                detail = File.Exists(qemu) ? await File.ReadAllTextAsync(qemu, cancellation).ConfigureAwait(false) : null;
        }
        catch (ContainerDeadlineException)
        {
            ending = GuestEnding.Deadline;
        }
        finally
        {
            File.Delete(endings);
        }

        var log = KernelLogScanner.Scan(Encoding.UTF8.GetString(console.GetBuffer(), 0, (int)console.Length));
        if (log.WatchdogFired && ending == GuestEnding.Stopped)
            ending = GuestEnding.Deadline;
        run.Complete();
        if (ending != GuestEnding.Broken)
            File.Delete(qemu);
        return new GuestRun(
            new RunEvidence(run.Record, log, ending, detail), logs, run.BootSeconds, run.FirstTestSeconds, clock.Elapsed.TotalSeconds);
    }

    /// <summary>The suite's own deadline in seconds, for its <c>--run-deadline</c>.</summary>
    public static int SuiteDeadline(TimeSpan runDeadline, Accelerator accelerator) =>
        (int)Math.Ceiling(runDeadline.TotalSeconds * accelerator.DeadlineFactor);

    private async Task<ContainerSpec> SpecificationAsync(GuestRequest request, string volume, string ending, string payloadLog, string qemuLog)
    {
        var suite = TimeSpan.FromSeconds(SuiteDeadline(request.RunDeadline, request.Accelerator));
        var guest = suite + request.WatchdogMargin;
        var outer = guest + (request.BootAllowance * request.Accelerator.DeadlineFactor);
        return new ContainerSpec
        {
            Image = images.Runner.Tag,
            Purpose = $"guest-{request.Kernel}",
            Phase = Phase.Test,
            Command =
            [
                "/opt/faultline/run-guest", request.Accelerator.Used, Seconds(guest), Seconds(outer),
                request.MemoryMiB.ToString(CultureInfo.InvariantCulture), request.Processors.ToString(CultureInfo.InvariantCulture),
                .. request.KernelArguments,
            ],
            Mounts = [ContainerMount.OfVolume(volume, "/guest", readOnly: true), ContainerMount.Tmpfs("/tmp", 512L << 20)],
            Devices = request.Accelerator.Used == "kvm" ? [AcceleratorProbe.Device] : [],
            Groups = request.Accelerator.Used == "kvm" ? await AcceleratorProbe.DeviceGroupsAsync().ConfigureAwait(false) : [],
            Inputs = [ContainerInput.FromHost(request.BzImage, "/input/bzImage"), ContainerInput.FromHost(request.Payload, "/input/payload")],
            Outputs =
            [
                new ContainerOutput("/output/ending", ending),
                new ContainerOutput("/output/payload.log", payloadLog, Optional: true),
                new ContainerOutput("/output/qemu.log", qemuLog, Optional: true),
            ],
            Deadline = outer + ScriptMargin,
        };
    }

    private static GuestEnding Ending(string path) => (File.Exists(path) ? File.ReadAllText(path).Trim() : "") switch
    {
        "stopped" => GuestEnding.Stopped,
        "deadline" => GuestEnding.Deadline,
        _ => GuestEnding.Broken,
    };

    private static string Seconds(TimeSpan time) => ((int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
