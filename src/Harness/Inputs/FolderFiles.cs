namespace Faultline.Harness.Inputs;

/// <summary>The files of a folder as they are hashed and packed.</summary>
internal static class FolderFiles
{
    /// <summary>The files below a folder, in an order that does not depend on the file system.</summary>
    public static IEnumerable<string> Of(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    public static bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0;
}
