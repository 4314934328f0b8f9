namespace Faultline.Harness.Sources.Trees;

/// <summary>The files of a tree's source, before any of them is read.</summary>
internal sealed class TreeWalk
{
    private readonly string _top;
    private readonly CancellationToken _cancellation;

    private TreeWalk(string top, CancellationToken cancellation) => (_top, _cancellation) = (top, cancellation);

    public List<WalkedFile> Files { get; } = [];

    /// <summary>Folders that may not be listed, absolute.</summary>
    public List<string> Unreadable { get; } = [];

    public List<string> Remarks { get; } = [];

    /// <param name="top">The top of the tree, absolute.</param>
    public static TreeWalk Of(string top, CancellationToken cancellation)
    {
        var walk = new TreeWalk(top, cancellation);
        walk.Enter("");
        return walk;
    }

    private void Enter(string folder)
    {
        _cancellation.ThrowIfCancellationRequested();
        var full = Path.Combine(_top, folder);
        HashSet<string> names;
        try
        {
            names = [.. Directory.EnumerateFileSystemEntries(full).Select(entry => Path.GetFileName(entry))];
        }
        catch (UnauthorizedAccessException)
        {
            Unreadable.Add(full);
            return;
        }
        catch (DirectoryNotFoundException)
        {
            return;
        }

        if (folder.Length > 0 && IsBuildFolder(full, names))
            return;
        foreach (var name in names.Where(name => !NotSource.Is(folder, name, names)))
            Take(folder.Length == 0 ? name : $"{folder}/{name}", Path.Combine(full, name));
    }

    private void Take(string path, string full)
    {
        if (Look(full, follow: false) is not { } stamp)
        {
            if (path.Contains('\uFFFD', StringComparison.Ordinal))
            {
                throw new TreeUnreadableException(
                    $"{full}: the name is not UTF-8, and Faultline cannot open it. Rename the file, or move it out of the tree.");
            }

            return;
        }

        switch (stamp.Kind)
        {
            case FileKind.Folder:
                Enter(path);
                break;
            case FileKind.Regular:
                Files.Add(new WalkedFile(path, stamp.IsExecutable ? 'x' : 'f', stamp, Followed: false));
                break;
            case FileKind.Link when LeadsOut(path, full) && Look(full, follow: true) is { } target:
                // The copy that is built has nothing outside of the tree.
                if (target.Kind == FileKind.Regular)
                    Files.Add(new WalkedFile(path, target.IsExecutable ? 'x' : 'f', target, Followed: true));
                else
                    Remarks.Add($"left out: {path}, a link to {new FileInfo(full).LinkTarget}: not a file, and outside of the tree");
                break;
            case FileKind.Link:
                Files.Add(new WalkedFile(path, 'l', stamp, Followed: false));
                break;
            default:
                break;
        }
    }

    private FileStamp? Look(string full, bool follow)
    {
        try
        {
            return FileStamp.Of(full, follow);
        }
        catch (IOException)
        {
            Unreadable.Add(full);
            return null;
        }
    }

    private static bool LeadsOut(string path, string full)
    {
        if (new FileInfo(full).LinkTarget is not { } target)
            return false;
        // Counted in steps from the top: an absolute link does not lead to the copy even when it leads into the tree.
        var depth = path.Count(c => c == '/');
        return Path.IsPathRooted(target) || target.Split('/').Any(part => part switch
        {
            "." or "" => false,
            ".." => --depth < 0,
            _ => ++depth < 0,
        });
    }

    /// <summary>kbuild puts a link to the source into each folder that it builds in.</summary>
    private bool IsBuildFolder(string full, HashSet<string> names) => names.Contains("source") && names.Contains("Makefile")
        && new FileInfo(Path.Combine(full, "source")).LinkTarget is { } target && Path.GetFullPath(target, full) == _top;
}
