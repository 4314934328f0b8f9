using Faultline.Machine;

namespace Faultline.Harness;

/// <summary>The folder for the locks of one user on one machine, in which nobody else can put or hold a file.</summary>
internal static class LockFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>
    /// <c>faultline/locks</c> in the user's data folder ($XDG_DATA_HOME, else ~/.local/share). A user without one that can be written
    /// (HOME=/ in a container) gets /tmp/faultline-UID.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">There is no data folder, and the one in /tmp belongs to somebody else or is open to others.</exception>
    public static string Path => Of(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        $"/tmp/faultline-{CurrentUser.Id}");

    /// <param name="data">The user's data folder; empty when there is none.</param>
    /// <param name="otherwise">Used when nothing can be made in it.</param>
    internal static string Of(string data, string otherwise) => data.Length > 0 && Made(data) is { } made ? made : Private(otherwise);

    private static string? Made(string data)
    {
        var folder = System.IO.Path.Combine(data, "faultline", "locks");
        try
        {
            Directory.CreateDirectory(folder);
            // It may be there and nevertheless not to be written in.
            using var probe = new FileStream(System.IO.Path.Combine(folder, $".probe-{Environment.ProcessId}"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, 1, FileOptions.DeleteOnClose);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Private(string folder)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Locks of a user without a data folder need file modes.");
        Directory.CreateDirectory(folder, OwnerOnly);
        return (File.GetUnixFileMode(folder) & Others) == 0 ? folder : throw new UnauthorizedAccessException(
            $"{folder}: others may write there, and could hold its locks for ever. Remove it, or set XDG_DATA_HOME to a folder of your own.");
    }
}
