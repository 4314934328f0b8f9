namespace Faultline.Harness.Sources.Trees;

/// <summary>The files of a commit: path → mark (as of <see cref="TreeFile"/>) and git's name of the content.</summary>
internal sealed class CommittedFiles
{
    private readonly Dictionary<string, (char Mark, string Blob)> _files;
    private readonly Dictionary<string, IReadOnlySet<string>> _names;

    private CommittedFiles(Dictionary<string, (char, string)> files)
    {
        _files = files;
        _names = files.Keys.GroupBy(FolderOf).ToDictionary(
            folder => folder.Key, folder => (IReadOnlySet<string>)folder.Select(NameOf).ToHashSet(StringComparer.Ordinal));
    }

    public IReadOnlyCollection<string> Paths => _files.Keys;

    /// <summary>Whether contents have names of SHA-1, which are those that a scan of a tree has as well.</summary>
    public bool AreComparable => _files.Values.All(file => file.Blob.Length == 40);

    /// <returns>null where git is missing or knows no such commit.</returns>
    public static async Task<CommittedFiles?> OfAsync(TreeGit git, string commit, CancellationToken cancellation) =>
        await git.AskAsync(["ls-tree", "-r", "-z", "--full-tree", commit], cancellation) is { } listed ? new(Parse(listed)) : null;

    public bool Contains(string path) => _files.ContainsKey(path);

    /// <summary>Whether the commit has a file as the scan found it.</summary>
    public bool Has(TreeFile file, string blob) => _files.GetValueOrDefault(file.Path) == (file.Mark, blob);

    /// <summary>
    /// The committed files that a scan of the tree lacks, except those that it never counts as source.
    /// </summary>
    public IEnumerable<string> GoneFrom(TreeScan scan) =>
        _files.Keys.Where(path => !scan.Manifest.Files.ContainsKey(path) && !IsLeftOut(path));

    private static string FolderOf(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "";

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private bool IsLeftOut(string path)
    {
        for (var rest = path; rest.Length > 0; rest = FolderOf(rest))
        {
            if (NotSource.Is(FolderOf(rest), NameOf(rest), _names.GetValueOrDefault(FolderOf(rest)) ?? new HashSet<string>()))
                return true;
        }

        return false;
    }

    /// <param name="listed">Records <c>MODE TYPE NAME\tPATH</c>, each ended by a zero byte.</param>
    private static Dictionary<string, (char Mark, string Blob)> Parse(string listed) => listed
        .Split('\0', StringSplitOptions.RemoveEmptyEntries)
        .Select(record => record.Split('\t', 2)).Select(parts => (Fields: parts[0].Split(' '), Path: parts[1]))
        .Where(entry => entry.Fields[1] == "blob")
        .ToDictionary(
            entry => entry.Path,
            entry => (entry.Fields[0] switch { "120000" => 'l', "100755" => 'x', _ => 'f' }, entry.Fields[2]),
            StringComparer.Ordinal);
}
