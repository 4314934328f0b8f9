using CliWrap;
using CliWrap.Buffered;

namespace Faultline.Harness.Sources.Trees;

/// <summary>
/// Words for the state of a tree: the commit it stands on, as git describes it, and how many of its files are not that commit's. Only git's
/// objects are asked, and compared with what was read of the tree: no setting, index or attribute has a say, and git runs no other program.
/// </summary>
internal static class GitName
{
    private const int ContentDigits = 12;

    /// <returns>
    /// <c>v6.1-rc3-12-gabc</c>, <c>v6.1 with 2 changed files</c>; of a folder that is not a work tree <c>/my/tree,
    /// content 0123456789ab</c>.
    /// </returns>
    public static async Task<string> OfAsync(string folder, TreeScan scan, CancellationToken cancellation)
    {
        var content = $"content {scan.Manifest.Key[..ContentDigits]}";
        if (await GitAsync(folder, ["describe", "--always", "--tags", "HEAD"], cancellation) is not { } described
            || await GitAsync(folder, ["ls-tree", "-r", "-z", "--full-tree", "HEAD"], cancellation) is not { } listed)
            return $"{folder}, {content}";
        var committed = Committed(listed);
        return described.Trim() + (CountChanges(committed, scan) switch
        {
            null => $", {content}",
            0 => "",
            1 => " with 1 changed file",
            var count => $" with {count} changed files",
        });
    }

    /// <summary>null when the repository names contents by another hash.</summary>
    private static int? CountChanges(Dictionary<string, (char Mark, string Blob)> committed, TreeScan scan)
    {
        if (committed.Values.Any(entry => entry.Blob.Length != 40))
            return null;
        var changed = scan.Manifest.Files.Values.Count(
            file => committed.GetValueOrDefault(file.Path) != (file.Mark, scan.Blobs[file.Path]));
        var names = committed.Keys.GroupBy(FolderOf).ToDictionary(
            folder => folder.Key, folder => (IReadOnlySet<string>)folder.Select(NameOf).ToHashSet(StringComparer.Ordinal));
        return changed + committed.Keys.Count(path => !scan.Manifest.Files.ContainsKey(path) && !IsLeftOut(path, names));
    }

    private static string FolderOf(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "";

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static bool IsLeftOut(string path, Dictionary<string, IReadOnlySet<string>> names)
    {
        for (var rest = path; rest.Length > 0; rest = FolderOf(rest))
        {
            if (NotSource.Is(FolderOf(rest), NameOf(rest), names.GetValueOrDefault(FolderOf(rest)) ?? new HashSet<string>()))
                return true;
        }

        return false;
    }

    /// <param name="listed">Records <c>MODE TYPE NAME\tPATH</c>, each ended by a zero byte.</param>
    private static Dictionary<string, (char Mark, string Blob)> Committed(string listed) => listed
        .Split('\0', StringSplitOptions.RemoveEmptyEntries)
        .Select(record => record.Split('\t', 2)).Select(parts => (Fields: parts[0].Split(' '), Path: parts[1]))
        .Where(entry => entry.Fields[1] == "blob")
        .ToDictionary(
            entry => entry.Path,
            entry => (entry.Fields[0] switch { "120000" => 'l', "100755" => 'x', _ => 'f' }, entry.Fields[2]),
            StringComparer.Ordinal);

    /// <returns>null where git is missing, or the folder is not the top of a work tree that git can read.</returns>
    private static async Task<string?> GitAsync(string folder, string[] arguments, CancellationToken cancellation)
    {
        if (Machine.HostProgram.Git.Find() is not { } git)
            return null;
        var result = await Cli.Wrap(git)
            .WithArguments(["-C", folder, .. arguments])
            .WithEnvironmentVariables(environment => Isolate(environment, folder))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellation);
        return result.ExitCode == 0 ? result.StandardOutput : null;
    }

    private static void Isolate(CliWrap.Builders.EnvironmentVariablesBuilder environment, string folder)
    {
        // A hook of git's runs with variables that name another repository and index.
        var names = Environment.GetEnvironmentVariables().Keys.Cast<string>();
        foreach (var name in names.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)))
            environment.Set(name, null);
        environment
            .Set("LC_ALL", "C")
            .Set("GIT_CONFIG_NOSYSTEM", "1").Set("GIT_CONFIG_SYSTEM", "/dev/null").Set("GIT_CONFIG_GLOBAL", "/dev/null")
            // The tree may belong to another user; only its objects are read.
            .Set("GIT_CONFIG_COUNT", "1").Set("GIT_CONFIG_KEY_0", "safe.directory").Set("GIT_CONFIG_VALUE_0", "*")
            // A repository around the tree says nothing about it.
            .Set("GIT_CEILING_DIRECTORIES", Path.GetDirectoryName(folder) ?? "/")
            .Set("GIT_NO_REPLACE_OBJECTS", "1").Set("GIT_NO_LAZY_FETCH", "1")
            .Set("GIT_OPTIONAL_LOCKS", "0").Set("GIT_TERMINAL_PROMPT", "0");
    }
}
