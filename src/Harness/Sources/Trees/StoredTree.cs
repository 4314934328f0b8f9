using System.Text;

namespace Faultline.Harness.Sources.Trees;

/// <summary>Keeps files as git's objects, byte by byte: no filter of git's is asked, for a build reads a file as it is.</summary>
/// <param name="git">The repository.</param>
/// <param name="places">Where its index is, and its objects.</param>
/// <param name="folder">The top of the files.</param>
internal sealed class StoredTree(TreeGit git, IReadOnlyDictionary<string, string> places, string folder)
{
    private const string NoObject = "0000000000000000000000000000000000000000";

    /// <summary>What the index holds, with these files changed, as an object.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="KernelSourceException">git cannot write it.</exception>
    public async Task<string> WriteAsync(IEnumerable<TreeFile> changed, IEnumerable<string> gone, CancellationToken cancellation)
    {
        var entries = new StringBuilder();
        foreach (var path in gone)
            entries.Append("0 ").Append(NoObject).Append('\t').Append(path).Append('\0');
        foreach (var file in changed)
        {
            var mode = file.Mark switch { 'l' => "120000", 'x' => "100755", _ => "100644" };
            entries.Append(mode).Append(' ').Append(await StoredAsync(file, cancellation)).Append('\t').Append(file.Path).Append('\0');
        }

        var list = Encoding.UTF8.GetBytes(entries.ToString());
        await git.FeedAsync("Taking over what changed", ["update-index", "-z", "--index-info"], places, list, cancellation);
        return (await git.RunAsync("Writing the tree", ["write-tree"], places, cancellation)).Trim();
    }

    private async Task<string> StoredAsync(TreeFile file, CancellationToken cancellation)
    {
        var full = Path.Combine(folder, file.Path);
        var content = file.Mark == 'l'
            ? Encoding.UTF8.GetBytes(new FileInfo(full).LinkTarget ?? "")
            : await File.ReadAllBytesAsync(full, cancellation);
        return (await git.FeedAsync($"Keeping {file.Path}", ["hash-object", "-w", "--no-filters", "--stdin"], places, content,
            cancellation)).Trim();
    }
}
