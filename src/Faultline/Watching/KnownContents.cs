using Faultline.Harness.Sources.Trees;

namespace Faultline.Cli.Watching;

/// <summary>
/// What files hold before they are saved for the first time, so that one that is only touched is known to be as it was. To be made after
/// the folders are watched and before the first run: what is saved meanwhile is part of that run.
/// </summary>
internal sealed class KnownContents
{
    /// <summary>No more files of one folder are read: it may be somebody's home.</summary>
    private const int Most = 3000;

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly string? _tree;
    private readonly string _caches;
    private DateTime _written;
    private Dictionary<string, string> _seen = [];

    /// <param name="tree">A kernel tree, of which is known what earlier runs noted; null for none.</param>
    /// <param name="folders">Others, whose files are read.</param>
    /// <param name="caches">Where what is known of trees is kept.</param>
    public KnownContents(string? tree, IEnumerable<string> folders, string caches)
    {
        (_tree, _caches) = (tree, caches);
        if (tree is not null)
        {
            _written = DigestCache.WrittenAt(tree, caches);
            foreach (var (file, stamp, digest) in DigestCache.Of(tree, caches).Known)
            {
                var path = Path.Combine(tree, file);
                // A stamp that is still the same says that the content is.
                if (StampOf(path) == stamp)
                    _known[path] = digest.Sha256;
            }
        }

        foreach (var folder in folders.Where(folder => folder != tree))
        {
            foreach (var file in FilesIn(folder).Take(Most).Where(file => SourceChanges.IsSource(folder, file)))
            {
                if (SourceChanges.ContentOf(file) is { } content)
                    _known[file] = content;
            }
        }
    }

    /// <summary>The hash of what a file held when a run read it last, or when this was made; null where nobody looked.</summary>
    /// <param name="file">Absolute path.</param>
    public string? Find(string file)
    {
        if (_known.TryGetValue(file, out var content))
            return content;
        if (_tree is null || !file.StartsWith(_tree + "/", StringComparison.Ordinal))
            return null;
        // A run notes what it reads, but for files that were saved a moment before.
        if (DigestCache.WrittenAt(_tree, _caches) is var written && written != _written)
        {
            _written = written;
            _seen = DigestCache.Of(_tree, _caches).Known
                .ToDictionary(known => known.File, known => known.Digest.Sha256, StringComparer.Ordinal);
        }

        return _seen.GetValueOrDefault(Path.GetRelativePath(_tree, file));
    }

    private static IEnumerable<string> FilesIn(string folder) => Directory.EnumerateFiles(
        folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint });

    private static FileStamp? StampOf(string path)
    {
        try
        {
            return FileStamp.Of(path);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
