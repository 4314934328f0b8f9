using System.Globalization;
using System.Text;

namespace Faultline.AbiSources.Headers;

/// <summary>Files of a commit, byte for byte as they were committed.</summary>
internal sealed class GitFiles
{
    private const string Link = "120000";
    private const string Program = "100755";
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private readonly IReadOnlyList<(string Mode, string Object, string Path)> _files;

    /// <param name="listed">What <c>git ls-tree -r -z</c> printed: <c>MODE TYPE OBJECT\tPATH</c>, each ended by a zero byte.</param>
    public GitFiles(string listed) => _files =
    [
        .. listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(record => record.Split('\t', 2))
            .Select(parts => (Fields: parts[0].Split(' '), Path: parts[1])).Where(file => file.Fields[1] == "blob")
            .Select(file => (file.Fields[0], file.Fields[2], file.Path)),
    ];

    /// <summary>Asks <c>git cat-file --batch</c> for all of them, in order.</summary>
    public string Request => string.Concat(_files.Select(file => file.Object + '\n'));

    /// <summary>Writes the files that <c>git cat-file --batch</c> answers with.</summary>
    /// <param name="answer">For each of them a line <c>OBJECT TYPE SIZE</c>, the content, and a line feed.</param>
    /// <param name="into">A folder.</param>
    /// <exception cref="InvalidDataException">The answer is something else.</exception>
    public async Task WriteAsync(Stream answer, string into, CancellationToken cancellation)
    {
        await using var buffered = new BufferedStream(answer, 1 << 16);
        foreach (var (mode, name, path) in _files)
        {
            var header = await ReadLineAsync(buffered, cancellation);
            if (header.Split(' ') is not [_, "blob", var digits]
                || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
                throw new InvalidDataException($"git has no file {name} for {path}: {header}.");
            var content = new byte[size + 1];
            await buffered.ReadExactlyAsync(content, cancellation);
            Write(Path.Combine(into, path), mode, content.AsSpan(0, size));
        }
    }

    private static void Write(string path, string mode, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (mode == Link)
        {
            File.CreateSymbolicLink(path, Encoding.UTF8.GetString(content));
            return;
        }

        File.WriteAllBytes(path, content);
        if (mode == Program && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | Executable);
    }

    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, cancellation) == 1 && one[0] != '\n')
            line.Append((char)one[0]);
        return line.ToString();
    }
}
