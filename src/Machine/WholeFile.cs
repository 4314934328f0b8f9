using System.Text;

namespace Faultline.Machine;

/// <summary>Files that are there whole or not at all; devices, pipes and open descriptors are written to.</summary>
public static class WholeFile
{
    /// <summary>The limit of path_resolution(7).</summary>
    private const int MostLinks = 40;

    private static readonly string[] Descriptors = ["/proc/self/fd/", "/dev/fd/"];

    /// <summary>
    /// Writes through a neighbour file, so that a stopped run leaves no half file. A link stays, and what it leads to
    /// is written.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be made or the file not be written; <see
    /// cref="UnauthorizedAccessException"/> without permission.</exception>
    public static void Write(string file, string text) => Write(file, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Write(string, string)"/>
    public static void Write(string file, ReadOnlySpan<byte> content)
    {
        // Moving a file over a device or a pipe would take it from everybody.
        if (FileKinds.Of(file) is FileKind.Device or FileKind.Pipe or FileKind.Socket)
        {
            Stream(file, FileMode.Open, content);
            return;
        }
        var full = Target(file);
        if (IsDescriptor(full))
        {
            // A file behind /dev/stdout belongs to whoever opened it, with what is in it already (>>).
            Stream(full, FileMode.Append, content);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var partial = PartialOf(full);
        try
        {
            File.WriteAllBytes(partial, content);
            File.Move(partial, full, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>
    /// Has the neighbour file written by somebody who writes as it reads. The file itself is replaced; nothing that
    /// it links to is.
    /// </summary>
    /// <param name="file">A file of ours, in a folder of ours.</param>
    /// <param name="write">Writes the file whose path it is given.</param>
    public static async Task WriteAsync(string file, Func<string, Task> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var partial = PartialOf(file);
        try
        {
            await write(partial);
            File.Move(partial, file, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static string PartialOf(string file) => $"{file}.{Environment.ProcessId}.partial";

    /// <summary>
    /// The path that a chain of symbolic links ends at, whether a file is there or not. A path of an open descriptor
    /// stays as it is.
    /// </summary>
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

    private static void Stream(string path, FileMode mode, ReadOnlySpan<byte> content)
    {
        using var stream = new FileStream(path, mode, FileAccess.Write);
        stream.Write(content);
    }
}
