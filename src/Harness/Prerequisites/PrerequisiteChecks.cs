using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest;

namespace Faultline.Harness.Prerequisites;

/// <summary>The checks of <c>faultline doctor</c>. None throws: whatever goes wrong is the finding.</summary>
internal static class PrerequisiteChecks
{
    /// <summary>
    /// For a first run: images 1.4 GB, one source with three kernels 2.6 GB, guest images and results 0.5 GB, half as much again while they are
    /// made. Each further source adds 3 GB.
    /// </summary>
    public const long NeededDiskBytes = 8L << 30;

    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(20);

    /// <summary>The .NET SDK, needed to build the guest's payload.</summary>
    public static async Task<Prerequisite> SdkAsync(CancellationToken cancellation = default)
    {
        const string Advice = "Install the .NET 10 SDK: https://dotnet.microsoft.com/download, and have 'dotnet' on the PATH.";
        var versions = await OutputAsync("dotnet", ["--list-sdks"], cancellation);
        if (versions is null)
            return Prerequisite.Miss(".NET SDK", "'dotnet' is not on the PATH", Advice);
        var newest = versions.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(v => v.StartsWith("10.", StringComparison.Ordinal));
        return newest is null
            ? Prerequisite.Miss(".NET SDK", "no SDK of version 10 is installed", Advice)
            : Prerequisite.Ok(".NET SDK", newest.Split(' ')[0]);
    }

    /// <summary>An engine that answers.</summary>
    /// <param name="connect">Connects; usually <see cref="ContainerEngine.ConnectAsync(CancellationToken)"/>.</param>
    /// <param name="cancellation">Ends the check.</param>
    public static async Task<Prerequisite> EngineAsync(Func<CancellationToken, Task<ContainerEngine>> connect, CancellationToken cancellation = default)
    {
        try
        {
            var engine = await connect(cancellation);
            return Prerequisite.Ok("container engine", string.Create(CultureInfo.InvariantCulture,
                $"{engine.Facts.Version} (API {engine.Facts.ApiVersion}{(engine.Facts.Rootless ? ", rootless" : "")}) at {engine.Endpoint.Uri}, {engine.Facts.Processors} CPUs, {engine.Facts.MemoryBytes >> 30} GiB"));
        }
        catch (EngineUnavailableException e)
        {
            var lines = e.Message.Split('\n');
            if (lines is [var only])
                return Prerequisite.Miss("container engine", "none that can be asked", only);
            var found = string.Join("; ", lines.SkipLast(1).Select(line => line.Trim())).Replace(":; ", ": ", StringComparison.Ordinal);
            return Prerequisite.Miss("container engine", found, lines[^1]);
        }
    }

    /// <summary>Room where the engine keeps volumes, or, when that is on another machine or unreadable, where results go.</summary>
    /// <param name="engineFolder">The engine's folder; null when there is no engine.</param>
    /// <param name="artifacts">The folder of the results.</param>
    public static Prerequisite Disk(string? engineFolder, string artifacts)
    {
        var folder = engineFolder is { Length: > 0 } && Directory.Exists(engineFolder) ? engineFolder : NearestExisting(artifacts);
        try
        {
            var free = new DriveInfo(folder).AvailableFreeSpace;
            var found = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1 << 30):0.0} GiB free at {folder}");
            return free >= NeededDiskBytes
                ? Prerequisite.Ok("disk", found)
                : Prerequisite.Miss("disk", found, $"A first run takes up to {NeededDiskBytes >> 30} GiB. 'faultline prune' removes what earlier runs left; 'docker system df' shows the rest.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Prerequisite.Miss("disk", $"{folder}: {e.Message}", $"Make sure that {NeededDiskBytes >> 30} GiB are free.", required: false);
        }
    }

    /// <summary>libclang, needed to read another header than the committed models.</summary>
    /// <param name="find">Gives the library's path or version, or throws.</param>
    public static Prerequisite LibClang(Func<string?> find)
    {
        const string Advice = "apt install libclang-dev (Fedora: dnf install clang-libs), or set LIBCLANG_PATH. Without it the committed ABI models are used and 'faultline abi extract' is not possible.";
        try
        {
            return find() is { } found
                ? Prerequisite.Ok("libclang", found, required: false)
                : Prerequisite.Miss("libclang", "not found", Advice, required: false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Prerequisite.Miss("libclang", e.Message.Split('\n')[0], Advice, required: false);
        }
    }

    /// <summary>A C compiler that links statically: the suite is one native program.</summary>
    /// <param name="find">The first of several programs that is installed, or null.</param>
    public static async Task<Prerequisite> LinkerAsync(Func<string, string?> find, CancellationToken cancellation = default)
    {
        const string Advice = "apt install gcc libc6-dev. The suite that runs in the guest is linked with it.";
        if ((find("clang") ?? find("gcc")) is not { } compiler)
            return Prerequisite.Miss("C compiler", "neither clang nor gcc is installed", Advice);
        // A compiler that lacks this file answers with its bare name.
        var library = await OutputAsync(compiler, ["-print-file-name=libc.a"], cancellation);
        return library?.Trim() is { } path && Path.IsPathRooted(path)
            ? Prerequisite.Ok("C compiler", compiler)
            : Prerequisite.Miss("C compiler", $"{compiler} has no static C library (libc.a)", Advice);
    }

    /// <summary>mmdebstrap, needed only where the engine cannot pull the base image.</summary>
    public static async Task<Prerequisite> MmdebstrapAsync(CancellationToken cancellation = default)
    {
        var version = await OutputAsync("mmdebstrap", ["--version"], cancellation);
        return version is not null
            ? Prerequisite.Ok("mmdebstrap", version.Trim(), required: false)
            : Prerequisite.Miss("mmdebstrap", "not installed", "apt install mmdebstrap. Needed only if the engine cannot pull debian:bookworm-slim.", required: false);
    }

    /// <summary>bpftool, which lists the types of compiled code.</summary>
    public static Task<Prerequisite> BpftoolAsync(CancellationToken cancellation = default) =>
        OptionalAsync("bpftool", "version", "'faultline abi diff' with a vmlinux, an object file, BTF or the records of 'running'", cancellation);

    /// <summary>pahole, which turns DWARF into BTF.</summary>
    public static Task<Prerequisite> PaholeAsync(CancellationToken cancellation = default) =>
        OptionalAsync("pahole", "--version", "'faultline abi diff' with an object file that has DWARF and no BTF", cancellation);

    /// <summary>KVM. A device node proves nothing, so the caller boots something in it, bounded in time.</summary>
    /// <param name="boot">Whether a guest came up, and how that showed or what stood in its way.</param>
    /// <param name="cancellation">Ends the check.</param>
    public static async Task<Prerequisite> KvmAsync(Func<CancellationToken, Task<ProbeAnswer>> boot, CancellationToken cancellation = default)
    {
        const string Advice = "Guests run under TCG, about ten times slower; deadlines are scaled for it. On a virtual machine, ask for nested virtualisation; on hardware, enable VT-x or AMD-V and load kvm_intel or kvm_amd.";
        try
        {
            var (works, reason) = await boot(cancellation);
            return works ? Prerequisite.Ok("KVM", reason, required: false) : Prerequisite.Miss("KVM", reason, Advice, required: false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return Prerequisite.Miss("KVM", $"the probe failed: {e.Message.Split('\n')[0]}", Advice, required: false);
        }
    }

    /// <summary>A program of the package of its name. Debian keeps some in /usr/sbin, which a user's PATH lacks.</summary>
    private static async Task<Prerequisite> OptionalAsync(string program, string argument, string neededFor, CancellationToken cancellation)
    {
        var version = await OutputAsync(program, [argument], cancellation)
            ?? await OutputAsync($"/usr/sbin/{program}", [argument], cancellation);
        return version is not null
            ? Prerequisite.Ok(program, version.Split('\n')[0].Trim(), required: false)
            : Prerequisite.Miss(program, "not installed", $"apt install {program}. Needed only for {neededFor}; kernels built here are read in their builder container.", required: false);
    }

    private static string NearestExisting(string folder)
    {
        for (var current = Path.GetFullPath(folder); ; current = Path.GetDirectoryName(current)!)
        {
            if (Directory.Exists(current))
                return current;
        }
    }

    private static async Task<string?> OutputAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ProbeLimit);
        try
        {
            var result = await Cli.Wrap(program).WithArguments(arguments).WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(limit.Token);
            return result.ExitCode == 0 ? result.StandardOutput : null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
