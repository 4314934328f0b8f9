using System.Threading.Channels;
using Faultline.Harness;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Cli.Watching;

/// <summary>Tells which files of some folders were saved, through what the system says of them (inotify(7)).</summary>
internal sealed class SourceChanges : IDisposable
{
    /// <summary>An editor writes, renames and sets times; a checkout touches many files. All of that is one save.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    /// <summary>Stands for the content of a file that is not there.</summary>
    private const string Absent = "";

    private static readonly string[] BuildFolders = ["bin", "obj"];

    /// <summary>Endings of what nobody writes by hand; kbuild has a record of what it made itself.</summary>
    private static readonly string[] Products =
        [".o", ".a", ".ko", ".so", ".s", ".i", ".lst", ".su", ".dwo", ".gcno", ".gcda", ".mod", ".tmp"];

    private readonly Channel<Saved> _saved = Channel.CreateUnbounded<Saved>();
    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly Dictionary<string, string> _contents = new(StringComparer.Ordinal);

    /// <param name="folders">Absolute; what lies below them counts as well.</param>
    /// <exception cref="FaultlineException">The system has no room for so many folders.</exception>
    public SourceChanges(IEnumerable<string> folders)
    {
        foreach (var folder in folders.Distinct(StringComparer.Ordinal))
            Watch(folder);
    }

    /// <summary>What a file held before its first save here; without it that one counts whatever it holds.</summary>
    public Func<string, string?> Before { get; set; } = _ => null;

    /// <summary>Waits for a save, and then until there is none for <see cref="Quiet"/>.</summary>
    /// <returns>The files, absolute. A file that was written as it was before is none.</returns>
    /// <exception cref="FaultlineException">The system has no room for so many folders.</exception>
    public async Task<IReadOnlyList<string>> NextAsync(CancellationToken cancellation)
    {
        var roots = new Dictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            if (roots.Count == 0)
                Add(await _saved.Reader.ReadAsync(cancellation));
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            quiet.CancelAfter(Quiet);
            try
            {
                Add(await _saved.Reader.ReadAsync(quiet.Token));
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Only now is each as it is going to be, and has a product kbuild's record next to it.
                List<string> files = [.. roots.Keys.Where(file => IsSource(roots[file], file) && HasChanged(file))];
                if (files.Count > 0)
                    return [.. files.Order(StringComparer.Ordinal)];
                roots.Clear();
            }
        }

        void Add(Saved saved)
        {
            roots[saved.File] = saved.Root;
            // One that is gone again by the end of the save, as editors make them, has not changed.
            if (saved.IsNew)
                _contents.TryAdd(saved.File, Absent);
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers)
            watcher.Dispose();
    }

    /// <summary>Whether a run may read it: not git's files, what a build or an editor left.</summary>
    internal static bool IsSource(string root, string file)
    {
        var folder = root;
        foreach (var name in Path.GetRelativePath(root, file).Split('/'))
        {
            var record = $".{name}.cmd";
            HashSet<string> neighbours = File.Exists(Path.Combine(folder, record)) ? [record] : [];
            if (BuildFolders.Contains(name) || NotSource.Is(folder == root ? "" : Path.GetRelativePath(root, folder), name, neighbours))
                return false;
            folder = Path.Combine(folder, name);
        }

        return !IsLeftBehind(Path.GetFileName(file));
    }

    /// <summary>What a compiler or an editor leaves for a moment or for good. A run that finds it copies it as any other file.</summary>
    private static bool IsLeftBehind(string name) =>
        Products.Contains(Path.GetExtension(name))
        || name.StartsWith(".goutputstream-", StringComparison.Ordinal) || name.StartsWith(".nfs", StringComparison.Ordinal)
        || name.EndsWith("___jb_tmp___", StringComparison.Ordinal) || name.EndsWith("___jb_old___", StringComparison.Ordinal)
        || name.EndsWith(".kate-swp", StringComparison.Ordinal) || name == "a.out";

    private void Watch(string folder)
    {
        var watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite,
        };
        watcher.Changed += (_, e) => Take(folder, e.FullPath);
        watcher.Created += (_, e) => Take(folder, e.FullPath, isNew: true);
        watcher.Deleted += (_, e) => Take(folder, e.FullPath);
        watcher.Renamed += (_, e) =>
        {
            Take(folder, e.OldFullPath);
            Take(folder, e.FullPath);
        };
        watcher.Error += (_, e) => Fail(folder, e.GetException());
        _watchers.Add(watcher);
        try
        {
            watcher.EnableRaisingEvents = true;
        }
        catch (IOException e)
        {
            throw TooMany(folder, e);
        }
    }

    private void Take(string root, string path, bool isNew = false)
    {
        foreach (var file in FilesOf(path).Where(file => IsSource(root, file)))
            _saved.Writer.TryWrite(new Saved(root, file, isNew));
    }

    /// <summary>The file; of a folder all in it, for they may be older than the watch that the system got for a new one.</summary>
    private static IEnumerable<string> FilesOf(string path)
    {
        try
        {
            return Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)] : [path];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone again, or not ours to read.
            return [path];
        }
    }

    /// <summary>More at once than the queue holds is still a save; no room to watch is the end.</summary>
    private void Fail(string folder, Exception e)
    {
        if (e is InternalBufferOverflowException)
            _saved.Writer.TryWrite(new Saved(folder, folder, IsNew: false));
        else
            _saved.Writer.TryComplete(TooMany(folder, e));
    }

    private static WatchException TooMany(string folder, Exception e) => new(
        $"{folder} cannot be watched: {e.Message.TrimEnd('.')}. A kernel tree has some 5000 folders; "
        + "allow more with 'sysctl fs.inotify.max_user_watches=65536' (as root).");

    /// <summary>Stands for a file's content; null where there is none to be read.</summary>
    internal static string? ContentOf(string file)
    {
        try
        {
            return File.Exists(file) ? FileDigest.OfFile(file).Sha256 : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool HasChanged(string file)
    {
        var content = ContentOf(file) ?? (Directory.Exists(file) ? Guid.NewGuid().ToString() : Absent);
        var same = (_contents.GetValueOrDefault(file) ?? Before(file)) == content;
        _contents[file] = content;
        return !same;
    }

    /// <param name="Root">The watched folder that the file lies in.</param>
    /// <param name="File">Its path.</param>
    /// <param name="IsNew">Whether it was not there before.</param>
    private readonly record struct Saved(string Root, string File, bool IsNew);
}
