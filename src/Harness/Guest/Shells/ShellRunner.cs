using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Faultline.Harness.Docker;
using Faultline.Harness.Identity;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest.Shells;

/// <summary>
/// Boots a kernel in the same container as a suite's guest, with a shell in the suite's place:
/// <c>images/guest-runner/scripts/run-shell</c>.
/// </summary>
internal sealed partial class ShellRunner(ContainerEngine engine, GuestImages images)
{
    private const string Program = "/opt/faultline/run-shell";

    /// <summary>Runs until the shell ends.</summary>
    /// <exception cref="ContainerFailedException">The engine could not run the container.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the container is gone.</exception>
    public async Task<ShellOutcome> RunAsync(
        ShellRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        var volume = await images.EnsureAsync(request.Kernel, progress, cancellation);
        var folder = Directory.CreateTempSubdirectory("faultline-").FullName;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(request.Log)!);
            File.Delete(request.Log);
            var exit = await engine.Containers.RunAsync(
                await SpecificationAsync(request, volume, folder), request.User.Take, cancellation);
            return Outcome(exit, request.Log, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Joins a debugger to QEMU's stub.</summary>
    /// <param name="guest">A guest's container that was started with <see cref="ShellRequest.Gdb"/>.</param>
    /// <param name="debugger">Both directions of its connection.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Task JoinGdbAsync(RunningContainer guest, Stream debugger, CancellationToken cancellation) =>
        guest.JoinAsync(["/opt/faultline/gdb-bridge"], debugger, debugger, cancellation);

    private static ShellOutcome Outcome(ContainerExit exit, string log, string folder)
    {
        var text = File.Exists(log) ? Encoding.UTF8.GetString(File.ReadAllBytes(log)) : "";
        var console = text.Length > 0 ? KernelLogScanner.Scan(text) : KernelLog.Empty;
        var said = RunRecord.FromEvents(
            ((string[])["events", "init"]).Select(name => Path.Combine(folder, name)).Where(File.Exists)
            .SelectMany(file => EventStreamReader.ReadAll(File.ReadAllBytes(file))));
        var file = EndingFile.Read(Path.Combine(folder, "ending"));
        var qemu = GuestFiles.Text(Path.Combine(folder, "qemu")).Trim();
        var (ending, detail) = (exit, file.Ending) switch
        {
            ({ Killer: { } killer }, _) => (GuestEnding.Killed, killer),
            ({ Code: not 0 }, _) => (GuestEnding.Broken, $"the runner script ended with exit code {exit.Code}"),
            (_, GuestEnding.Killed) => (GuestEnding.Killed, $"{file.Killer}\n{qemu}"),
            (_, GuestEnding.Deadline) => (GuestEnding.Deadline,
                string.Create(CultureInfo.InvariantCulture, $"it passed the deadline of {file.Limit} s")),
            _ => (file.Ending, qemu),
        };
        if (said.GaveUp is { } reason)
            detail = reason;
        detail = string.IsNullOrWhiteSpace(detail) ? null : detail.Trim();
        var code = said.Exit?.Code ?? (console.Splats.IsEmpty && WasSwitchedOff().IsMatch(text) ? 0 : null);
        return new ShellOutcome(code, said.Boot is not null, ending, detail, console);
    }

    /// <summary>What kernel/reboot.c says when user space asks for it: somebody ended the machine in the shell's place.</summary>
    [GeneratedRegex(@"\breboot: (?:Power down|Restarting system)\s*(?:\n.*){0,3}\z")]
    private static partial Regex WasSwitchedOff();

    private async Task<ContainerSpec> SpecificationAsync(ShellRequest request, string volume, string folder)
    {
        var isKvm = request.Accelerator.Used == AcceleratorKind.Kvm;
        var environment = new Dictionary<string, string>(GuestCommand.EnvironmentOf(Architecture.X86));
        if (request.Gdb)
            environment["GDB"] = "1";
        return new ContainerSpec
        {
            Image = images.Runner.Tag,
            Purpose = $"shell-{request.Kernel}",
            Phase = Phase.Boot,
            Command = Words(request),
            Environment = environment,
            Mounts = [ContainerMount.OfVolume(volume, "/guest", readOnly: true), ContainerMount.Tmpfs("/tmp", 4L << 30)],
            Devices = isKvm ? [AcceleratorProbe.Device] : [],
            Groups = isKvm ? await AcceleratorProbe.DeviceGroupsAsync() : [],
            Inputs =
            [
                ContainerInput.FromHost(request.BzImage, "/input/bzImage"), ContainerInput.FromHost(request.Payload, "/input/payload"),
                .. request.Share is { } share ? (ContainerInput[])[share.Input] : [],
            ],
            Outputs =
            [
                new ContainerOutput("/output/ending", Path.Combine(folder, "ending")),
                new ContainerOutput("/output/console.log", request.Log, Optional: true),
                new ContainerOutput("/output/events.jsonl", Path.Combine(folder, "events"), Optional: true),
                new ContainerOutput("/output/init.jsonl", Path.Combine(folder, "init"), Optional: true),
                new ContainerOutput("/output/qemu.log", Path.Combine(folder, "qemu"), Optional: true),
            ],
            FeedStandardInput = request.User.Feed,
            LeavesInput = true,
            Started = request.Started,
        };
    }

    private static string[] Words(ShellRequest request)
    {
        var factor = request.Accelerator.DeadlineFactor;
        int[] numbers =
        [
            request.Deadlines.BootSeconds(factor), request.Deadlines.PowerOffSeconds(factor),
            GuestDefaults.MemoryMiB, GuestDefaults.Processors,
        ];
        return
        [
            Program, request.Accelerator.Used.Name(), .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)),
            request.User.Way, .. request.User.KernelArguments,
        ];
    }
}
