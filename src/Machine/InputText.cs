using System.Text;

namespace Faultline.Machine;

/// <summary>Lists and maps that a user names: read whole, with a bound, and never waited for.</summary>
public static class InputText
{
    /// <summary>The most bytes that are read; a name map of fifty headers has one million.</summary>
    private const int Most = 16 << 20;

    /// <summary>
    /// The text of a file, a device, or a pipe that this process was given open, as a shell's <c>&lt;(…)</c> and
    /// <c>/dev/stdin</c> are.
    /// </summary>
    /// <exception cref="IOException">It is a directory or a socket; a named pipe, whose writer may never come or end; larger than
    /// 16 MiB; or cannot be read. <see cref="UnauthorizedAccessException"/> without permission.</exception>
    public static string Read(string path)
    {
        var kind = FileKinds.Of(path);
        if (kind is FileKind.Directory or FileKind.Socket || kind is FileKind.Pipe && !IsOpen(path))
            throw new IOException($"it {kind.Describe()}");
        using var stream = File.OpenRead(path);
        using var text = new MemoryStream();
        var part = new byte[1 << 16];
        for (int count; (count = stream.Read(part)) > 0;)
        {
            text.Write(part, 0, count);
            if (text.Length > Most)
                throw new IOException($"it has more than {Most >> 20} MiB");
        }
        text.Position = 0;
        return new StreamReader(text, Encoding.UTF8).ReadToEnd();
    }

    private static bool IsOpen(string path) => Path.GetFullPath(path) is var full
        && (full is "/dev/stdin" || full.StartsWith("/dev/fd/", StringComparison.Ordinal)
            || full.StartsWith("/proc/", StringComparison.Ordinal) && full.Contains("/fd/", StringComparison.Ordinal));
}
