namespace Faultline.Harness.Sources.Trees;

/// <summary>
/// The unpatched kernel that a developer's tree stands on, as a folder of files: git writes into it what differs from the commit it holds.
/// </summary>
/// <param name="git">Of the developer's tree, which is only read.</param>
/// <param name="home">Holds the folder, and git's list of what is in it.</param>
internal sealed class BaseCopy(TreeGit git, string home)
{
    public string Folder => Path.Combine(home, "base");

    private string Index => Path.Combine(home, "base.index");

    private string Mark => Path.Combine(home, "base.commit");

    /// <returns>Whether it held that commit already.</returns>
    /// <exception cref="KernelSourceException">git cannot read the commit.</exception>
    public async Task<bool> UpdateAsync(TreeBase wanted, CancellationToken cancellation)
    {
        if (File.Exists(Mark) && await File.ReadAllTextAsync(Mark, cancellation) == wanted.Commit)
            return true;
        Directory.CreateDirectory(Folder);
        // What a killed run left: this process alone works here.
        File.Delete(Index + ".lock");
        File.Delete(Mark);
        await git.RunAsync($"Writing the files of {wanted.Name}", ["read-tree", "--reset", "-u", wanted.Commit],
            new Dictionary<string, string> { ["GIT_INDEX_FILE"] = Index, ["GIT_WORK_TREE"] = Folder }, cancellation);
        await File.WriteAllTextAsync(Mark, wanted.Commit, cancellation);
        return false;
    }

    /// <summary>Writes a few files of the commit into an empty folder; those that it has not are left out.</summary>
    public async Task WriteAsync(TreeBase wanted, IEnumerable<string> files, CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            if (await git.AskAsync(["cat-file", "blob", $"{wanted.Commit}:{file}"], cancellation) is not { } text)
                continue;
            var path = Path.Combine(Folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text, cancellation);
        }
    }
}
