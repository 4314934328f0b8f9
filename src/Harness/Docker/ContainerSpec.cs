using Faultline.Harness.Progress;

namespace Faultline.Harness.Docker;

/// <summary>
/// What to run. The defaults are the strict ones: no network, no capabilities, no new privileges, the calling user.
/// </summary>
internal sealed record ContainerSpec
{
    /// <summary>An image the engine has.</summary>
    public required string Image { get; init; }

    /// <summary>A short word for the container's name and for messages: <c>build-base</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>The phase named by an exception.</summary>
    public required Phase Phase { get; init; }

    /// <summary>The program and its arguments; replaces the image's entry point as well.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string? WorkingFolder { get; init; }

    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary>Device nodes passed through at the same path, for example <c>/dev/kvm</c>.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Supplementary groups by number, for the devices above.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Capabilities given back after all were dropped.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Files and folders copied in before the start; owned by the container's user.</summary>
    public IReadOnlyList<ContainerInput> Inputs { get; init; } = [];

    /// <summary>Files and folders copied out after an exit with code 0; they belong to the calling user.</summary>
    public IReadOnlyList<ContainerOutput> Outputs { get; init; } = [];

    /// <summary>Sent to standard input, then closed. Null: no standard input.</summary>
    public ReadOnlyMemory<byte>? StandardInput { get; init; }

    /// <summary>
    /// Writes to standard input while the program runs, for what is too much to be held; standard input is closed at
    /// its end.
    /// </summary>
    public Func<Stream, CancellationToken, Task>? FeedStandardInput { get; init; }

    /// <summary>
    /// Standard input is a person's or another program's: what the container's program has not taken when it ends stays there.
    /// </summary>
    public bool LeavesInput { get; init; }

    /// <summary>Called once, when the program runs.</summary>
    public Action<RunningContainer>? Started { get; init; }

    internal bool HasStandardInput => StandardInput is not null || FeedStandardInput is not null;

    /// <summary>Only an image build needs a network; a container that runs gets none unless it says so.</summary>
    public bool Network { get; init; }

    /// <summary>The user, <c>uid:gid</c>; null for the calling user (see <see cref="ContainerEngine.CallingUser"/>).</summary>
    public string? User { get; init; }

    /// <summary>The container's own file system cannot be written; mounts can.</summary>
    public bool ReadOnlyRoot { get; init; }

    /// <summary>How long it may run; null for as long as it takes.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Time between SIGTERM and SIGKILL when the run is cancelled or late.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many of the last lines an exception carries.</summary>
    public int TailLines { get; init; } = 60;
}

/// <summary>Something mounted into a container.</summary>
internal sealed record ContainerMount
{
    private ContainerMount()
    {
    }

    public string? HostPath { get; private init; }

    public string? Volume { get; private init; }

    public long? TmpfsBytes { get; private init; }

    public required string Target { get; init; }

    public bool ReadOnly { get; private init; }

    /// <summary>A file or folder of the engine's machine, read-only.</summary>
    public static ContainerMount Bind(string hostPath, string target) =>
        new() { HostPath = Path.GetFullPath(hostPath), Target = target, ReadOnly = true };

    /// <summary>A named volume; make it first with <see cref="VolumeOperations.EnsureAsync"/>, which labels it.</summary>
    public static ContainerMount OfVolume(string volume, string target, bool readOnly = false) =>
        new() { Volume = volume, Target = target, ReadOnly = readOnly };

    /// <summary>Memory, gone with the container.</summary>
    public static ContainerMount Tmpfs(string target, long bytes) => new() { TmpfsBytes = bytes, Target = target };
}

/// <summary>A file (from disk or from memory) or a folder to copy in. The folder of <paramref name="ContainerPath"/> must exist.</summary>
/// <param name="ContainerPath">The absolute path it gets.</param>
/// <param name="HostPath">A file or folder; null when <paramref name="Content"/> is given.</param>
/// <param name="Content">A file's bytes.</param>
internal sealed record ContainerInput(string ContainerPath, string? HostPath, ReadOnlyMemory<byte> Content)
{
    public static ContainerInput FromHost(string hostPath, string containerPath) => new(containerPath, hostPath, default);

    public static ContainerInput FromText(string text, string containerPath) =>
        new(containerPath, null, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>The modules that a guest's kernel begins with; nothing for null.</summary>
    public static IReadOnlyList<ContainerInput> OfModules(string? folder) => folder is null ? [] : [FromHost(folder, "/input/modules")];

    /// <summary>A folder made of the given files: name inside, path on this machine.</summary>
    public static ContainerInput FromFiles(string containerFolder, IReadOnlyList<(string Name, string HostPath)> files) =>
        new(containerFolder, null, default) { Files = files };

    /// <summary>The content of a folder, or null.</summary>
    public IReadOnlyList<(string Name, string HostPath)>? Files { get; private init; }
}

/// <summary>A file or folder to copy out.</summary>
/// <param name="ContainerPath">The absolute path inside.</param>
/// <param name="HostPath">The path it gets on this machine; its folder is made. A folder's content is merged into it.</param>
/// <param name="Optional">Its absence is no error.</param>
internal sealed record ContainerOutput(string ContainerPath, string HostPath, bool Optional = false);

/// <summary>How a container ended.</summary>
/// <param name="Name">Its name; it is removed already.</param>
/// <param name="Code">The exit code; 128+n for signal n.</param>
/// <param name="Seconds">From start to exit.</param>
/// <param name="Tail">The last lines of both streams, oldest first.</param>
internal sealed record ContainerExit(string Name, int Code, double Seconds, IReadOnlyList<string> Tail)
{
    /// <summary>Who ended it from outside, and what to do, in one line; null when its program came to its own end.</summary>
    public string? Killer { get; init; }
}
