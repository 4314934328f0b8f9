using Faultline.Machine;

namespace Faultline.AbiSources.Headers;

/// <summary>The headers below a folder, each looked at before anybody opens it.</summary>
internal sealed class HeaderFolder
{
    private readonly List<string> _readable = [];
    private readonly SortedDictionary<string, List<string>> _unread = new(StringComparer.Ordinal);

    public HeaderFolder(string root)
    {
        Walk(root, root, [RealPath(new DirectoryInfo(root))]);
        _readable.Sort(StringComparer.Ordinal);
    }

    /// <summary>Headers that can be read, as programs include them, sorted.</summary>
    public IReadOnlyList<string> Readable => _readable;

    /// <summary>The others, by what keeps them from being read.</summary>
    public IEnumerable<(string Because, IReadOnlyList<string> Names)> Unread =>
        _unread.Select(item => (item.Key, (IReadOnlyList<string>)[.. item.Value.Order(StringComparer.Ordinal)]));

    /// <param name="around">The folders around it, links followed: one of them is not entered again.</param>
    private void Walk(string root, string folder, IReadOnlyList<string> around)
    {
        IReadOnlyList<FileSystemInfo> entries;
        try
        {
            entries = [.. new DirectoryInfo(folder).EnumerateFileSystemInfos()];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && folder != root)
        {
            Leave("folders that cannot be listed", root, folder + "/");
            return;
        }
        foreach (var entry in entries)
        {
            if (entry is DirectoryInfo inner)
            {
                if (RealPath(inner) is var real && !around.Contains(real, StringComparer.Ordinal))
                    Walk(root, entry.FullName, [.. around, real]);
            }
            else if (entry.Name.EndsWith(".h", StringComparison.Ordinal))
            {
                if (Obstacle(entry) is { } because)
                    Leave(because, root, entry.FullName);
                else
                    _readable.Add(Path.GetRelativePath(root, entry.FullName));
            }
        }
    }

    private void Leave(string because, string root, string path)
    {
        if (!_unread.TryGetValue(because, out var names))
            _unread.Add(because, names = []);
        names.Add(Path.GetRelativePath(root, path));
    }

    private static string? Obstacle(FileSystemInfo entry)
    {
        switch (FileKinds.Of(entry.FullName))
        {
            case FileKind.Missing:
                return entry.LinkTarget is null ? "gone since the folder was listed" : "symbolic links that lead to no file";
            case FileKind.Pipe:
                return "pipes, not files";
            case FileKind.Socket:
                return "sockets, not files";
            case FileKind.Device:
                return "devices, not files";
            case FileKind.Directory:
                return "directories, not files";
        }
        try
        {
            using var stream = File.OpenRead(entry.FullName);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "files that may not be read";
        }
    }

    private static string RealPath(DirectoryInfo folder)
    {
        try
        {
            return Path.TrimEndingDirectorySeparator((folder.ResolveLinkTarget(returnFinalTarget: true) ?? folder).FullName);
        }
        catch (IOException)
        {
            return folder.FullName;
        }
    }
}
