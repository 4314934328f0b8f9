using System.Globalization;
using System.Text;
using CliWrap;
using CliWrap.Buffered;
using Faultline.Harness.Docker;
using Faultline.Harness.Identity;
using Faultline.Harness.Inputs;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>
/// Finds out whether guests run in KVM on the engine's machine. That <c>/dev/kvm</c> exists means nothing: nested machines are known in which
/// every guest stands still. Only a kernel that reaches its init within seconds counts.
/// </summary>
/// <param name="cacheFolder">Where an answer is kept for <see cref="Lifetime"/>.</param>
internal sealed class AcceleratorProbe(ContainerEngine engine, GuestImages images, string cacheFolder)
{
    internal const string Device = "/dev/kvm";

    /// <summary>How long an answer counts, unless <see cref="AskAgainAsync"/> is called. A reboot into another kernel asks again at once, for the key holds the host's kernel.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>How long the probing guest may take from power-on to init. A guest in a working KVM needs less than two seconds.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    /// <param name="choice"><see cref="AcceleratorChoice.Kvm"/> is probed each time, and never replaced by TCG.</param>
    /// <param name="bzImage">A kernel to boot.</param>
    /// <param name="modules">The modules that it needs inserted first; null for none.</param>
    /// <exception cref="GuestException">KVM was demanded, and no guest runs in it.</exception>
    public async Task<Accelerator> ChooseAsync(
        AcceleratorChoice choice, string bzImage, string kernel, IProgress<HarnessEvent> progress, string? modules = null,
        CancellationToken cancellation = default)
    {
        if (choice == AcceleratorChoice.Tcg)
            return new Accelerator(choice, AcceleratorKind.Tcg, "tcg was asked for");
        var (works, reason) = await ProbeAsync(
            bzImage, modules, kernel, again: choice == AcceleratorChoice.Kvm, progress, cancellation);
        if (works)
            return new Accelerator(choice, AcceleratorKind.Kvm, reason);
        return choice == AcceleratorChoice.Kvm
            ? throw new GuestException($"KVM was asked for, but {reason}. Run without --accel kvm to emulate the CPU (TCG), or repair KVM on the engine's machine.")
            : new Accelerator(choice, AcceleratorKind.Tcg, $"{reason}: emulating the CPU");
    }

    /// <summary>Boots a guest in KVM whatever an earlier answer was, for who has repaired something since; the new answer is kept.</summary>
    /// <param name="bzImage">A kernel to boot.</param>
    public Task<ProbeAnswer> AskAgainAsync(
        string bzImage, string kernel, IProgress<HarnessEvent> progress, CancellationToken cancellation = default) =>
        ProbeAsync(bzImage, modules: null, kernel, again: true, progress, cancellation);

    /// <summary>The groups of <c>/dev/kvm</c>, which a user other than root needs to open it.</summary>
    internal static async Task<IReadOnlyList<string>> DeviceGroupsAsync()
    {
        if (!File.Exists(Device))
            return [];
        var stat = await Cli.Wrap("stat").WithArguments(["-c", "%g", Device]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        return stat.StandardOutput.Trim() is { Length: > 0 } group ? [group] : [];
    }

    private async Task<ProbeAnswer> ProbeAsync(
        string bzImage, string? modules, string kernel, bool again, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        if (!File.Exists(Device) && engine.Endpoint.SocketPath is not null)
            return new(false, "this machine has no /dev/kvm");
        var cache = Path.Combine(cacheFolder, $"accelerator-{Inputs().Key[..12]}.json");
        if (!again && Read(cache) is { } known)
            return known;

        using var phase = new PhaseScope(progress, kernel, Phase.Boot, "does a guest boot in KVM here?", cancellation: cancellation);
        var answer = await BootAsync(bzImage, modules, kernel, progress, cancellation);
        phase.Output(answer.Works ? "kvm: " + answer.Reason : $"kvm is no use: {answer.Reason}");
        Kept(cache).Write(answer);
        phase.Succeed();
        return answer;
    }

    private async Task<ProbeAnswer> BootAsync(
        string bzImage, string? modules, string kernel, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        var volume = await images.EnsureAsync(kernel, progress, cancellation);
        var limit = (int)Limit.TotalSeconds;
        var guest = new GuestCommand(AcceleratorKind.Kvm, limit, limit, limit)
        {
            MemoryMiB = 512, Processors = 1, KernelArguments = ["faultline.probe"],
        };
        var console = new StringBuilder();
        var (qemu, init) = (Path.Combine(cacheFolder, $"probe-{Guid.NewGuid():N}.log"), Path.Combine(cacheFolder, $"probe-{Guid.NewGuid():N}.init"));
        Directory.CreateDirectory(cacheFolder);
        try
        {
            await engine.Containers.RunAsync(
                new ContainerSpec
                {
                    Image = images.Runner.Tag,
                    Purpose = "kvm-probe",
                    Phase = Phase.Boot,
                    Command = guest.Words,
                    Environment = guest.Environment,
                    Mounts = [ContainerMount.OfVolume(volume, "/guest", readOnly: true)],
                    Devices = [Device],
                    Groups = await DeviceGroupsAsync(),
                    Inputs = [ContainerInput.FromHost(bzImage, "/input/bzImage"), .. ContainerInput.OfModules(modules)],
                    Outputs = [new ContainerOutput("/output/qemu.log", qemu, Optional: true), new ContainerOutput("/output/init.jsonl", init, Optional: true)],
                    Deadline = Limit + TimeSpan.FromSeconds(15),
                },
                line => console.AppendLine(line.Text), cancellation);
            var said = EventStreamReader.ReadAll(File.Exists(init) ? await File.ReadAllBytesAsync(init, cancellation) : []);
            return Judge(
                said.OfType<AliveEvent>().Any(), console.ToString(), File.Exists(qemu) ? await File.ReadAllTextAsync(qemu, cancellation) : "");
        }
        catch (ContainerDeadlineException)
        {
            return new(false, $"a guest in KVM stood still for {limit} s");
        }
        catch (ContainerFailedException e)
        {
            return new(false, $"a container cannot use /dev/kvm ({e.Message.Split('\n')[0]})");
        }
        finally
        {
            File.Delete(qemu);
            File.Delete(init);
        }
    }

    /// <param name="alive">The guest's first program said so on its own port; the kernel log, where anybody may write anything, does not count.</param>
    /// <param name="log">The guest's kernel log.</param>
    /// <param name="qemu">What QEMU itself printed.</param>
    public static ProbeAnswer Judge(bool alive, string log, string qemu)
    {
        var limit = Limit.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        if (alive)
            return new(true, "a guest boots in KVM");
        if (qemu.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) is { } error)
            return new(false, $"QEMU fails in KVM ({error.Replace($"{Architecture.X86.Qemu}: ", "", StringComparison.Ordinal)})");
        return new(false, log.Contains("Linux version ", StringComparison.Ordinal)
            ? $"a guest in KVM did not reach its init within {limit} s"
            : $"a guest in KVM did not print a line within {limit} s, although /dev/kvm is there");
    }

    /// <summary>What the answer depends on.</summary>
    private Stamp Inputs() => new(
        Input.Of("runner", images.Runner.Key), Input.Of("machine", Environment.MachineName), Input.Of("engine", engine.Endpoint.Uri.ToString()),
        Input.Of("kernel", Environment.OSVersion.VersionString));

    /// <summary>null for none, and for one that is too old: a machine's virtualization can be switched on.</summary>
    private static ProbeAnswer? Read(string path) =>
        File.Exists(path) && DateTime.UtcNow - File.GetLastWriteTimeUtc(path) <= Lifetime ? Kept(path).Read() : null;

    private static StateFile<ProbeAnswer> Kept(string path) => new(path, ProbeAnswerContext.Default.ProbeAnswer);
}
