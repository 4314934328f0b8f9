using Faultline.AbiExtractor.Input;

namespace Faultline.AbiExtractor;

/// <summary>Files that are there whole or not at all; devices, pipes and open descriptors are written to.</summary>
public static class WholeFile
{
    /// <summary>The limit of path_resolution(7).</summary>
    private const int MostLinks = 40;

    private static readonly string[] Descriptors = ["/proc/self/fd/", "/dev/fd/"];

    /// <summary>Writes through a neighbour file, so that a stopped run leaves no half file. A link stays, and what it leads to is written.</summary>
    /// <exception cref="IOException">The folder cannot be made or the file not be written; <see cref="UnauthorizedAccessException"/> without permission.</exception>
    public static void Write(string file, string text)
    {
        // Moving a file over a device or a pipe would take it from everybody.
        if (FileKinds.Of(file) is FileKind.Device or FileKind.Pipe or FileKind.Socket)
        {
            Stream(file, FileMode.Open, text);
            return;
        }
        var full = Target(file);
        if (IsDescriptor(full))
        {
            // A file behind /dev/stdout belongs to whoever opened it, with what is in it already (>>).
            Stream(full, FileMode.Append, text);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var partial = $"{full}.{Environment.ProcessId}.partial";
        try
        {
            File.WriteAllText(partial, text);
            File.Move(partial, full, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Where the links of a path lead, there or not; an open descriptor is not followed to its file.</summary>
    private static string Target(string file)
    {
        var path = Path.GetFullPath(file);
        for (var links = 0; !IsDescriptor(path) && new FileInfo(path).LinkTarget is { } next; links++)
        {
            if (links == MostLinks)
                throw new IOException($"too many links, or links in a circle, from {file}");
            path = Path.GetFullPath(next, Path.GetDirectoryName(path)!);
        }
        return path;
    }

    private static bool IsDescriptor(string path) => Descriptors.Any(folder => path.StartsWith(folder, StringComparison.Ordinal));

    private static void Stream(string path, FileMode mode, string text)
    {
        using var stream = new StreamWriter(new FileStream(path, mode, FileAccess.Write));
        stream.Write(text);
    }
}
