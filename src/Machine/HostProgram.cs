namespace Faultline.Machine;

/// <summary>A program of this machine that Faultline runs.</summary>
/// <param name="Name">Its file's name: <c>git</c>.</param>
/// <param name="Package">The Debian package that has it.</param>
public sealed record HostProgram(string Name, string Package)
{
    public static readonly HostProgram Git = new("git", "git");
    public static readonly HostProgram Make = new("make", "make");
    public static readonly HostProgram Bpftool = new("bpftool", "bpftool");
    public static readonly HostProgram Pahole = new("pahole", "pahole");
    public static readonly HostProgram Dmesg = new("dmesg", "util-linux");

    /// <summary>Microsoft's name for its package; Debian has none.</summary>
    public static readonly HostProgram Dotnet = new("dotnet", "dotnet-sdk-10.0");

    /// <summary>Where Debian keeps what it takes for root's programs, and what a user's PATH lacks.</summary>
    private static readonly string[] SystemFolders = ["/usr/sbin", "/sbin"];

    /// <summary>The first file of its name in PATH that this user may execute, or null.</summary>
    public string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(SystemFolders)
            .Select(folder => Path.Combine(folder, Name)).FirstOrDefault(IsExecutable);

    /// <summary>The path of its file.</summary>
    /// <param name="purpose">What it is needed for, as the end of a sentence: <c>to list the tags of DIR</c>.</param>
    /// <exception cref="ProgramMissingException">It is not installed.</exception>
    public string Require(string purpose) => Find() ?? throw new ProgramMissingException(this, purpose);

    private static bool IsExecutable(string path) =>
        File.Exists(path) && !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
