namespace Faultline.Harness.Sources.Trees;

/// <summary>A look at a user's tree: what every file of its source holds at this moment.</summary>
/// <param name="Manifest">The files.</param>
/// <param name="Blobs">For each of them the name that git gives its content.</param>
/// <param name="Remarks">What was left out although a build might want it.</param>
internal sealed record TreeScan(TreeManifest Manifest, IReadOnlyDictionary<string, string> Blobs, IReadOnlyList<string> Remarks)
{
    /// <summary>Reads what changed since the last look, and remembers it for the next one.</summary>
    /// <param name="folder">The top of the tree, absolute.</param>
    /// <param name="caches">Where digests are kept (<see cref="DigestCache"/>); null for the user's cache folder.</param>
    /// <exception cref="TreeUnreadableException">A file or folder of the tree cannot be read.</exception>
    public static Task<TreeScan> OfAsync(string folder, string? caches, CancellationToken cancellation) =>
        Task.Run(() => Of(folder, caches ?? DigestCache.FolderOfUser(), cancellation), cancellation);

    /// <summary>The same of a source; one that is kept is looked at once.</summary>
    /// <exception cref="TreeUnreadableException">A file or folder of the tree cannot be read.</exception>
    public static Task<TreeScan> OfAsync(KernelSource.Tree tree, CancellationToken cancellation) =>
        tree.Kept?.Value ?? OfAsync(tree.Folder, caches: null, cancellation);

    private static TreeScan Of(string folder, string caches, CancellationToken cancellation)
    {
        var started = DateTimeOffset.UtcNow;
        var walk = TreeWalk.Of(folder, cancellation);
        var cache = DigestCache.Of(folder, caches);
        var read = new FileReading?[walk.Files.Count];
        var unreadable = new Unreadable(folder);
        unreadable.AddRange(walk.Unreadable);
        Parallel.For(0, walk.Files.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var file = walk.Files[i];
            var full = Path.Combine(folder, file.Path);
            try
            {
                read[i] = cache.Find(file.Path, file.Stamp) is { } known
                    ? new FileReading(file.Path, file.Mark, file.Stamp, known)
                    : FileReading.Of(full, file);
            }
            catch (UnauthorizedAccessException)
            {
                unreadable.Add(full);
            }
        });
        unreadable.ThrowIfAny();

        // One that vanished between the walk and the reading is not part of the tree any more.
        var found = read.OfType<FileReading>().ToList();
        cache.Replace(found.Where(f => f.Stamp is not null).Select(f => (f.Path, f.Stamp!.Value, f.Digest)), started);
        return new TreeScan(
            new TreeManifest(found.Select(f => new TreeFile(f.Path, f.Mark, f.Digest.Sha256))),
            found.ToDictionary(f => f.Path, f => f.Digest.Blob, StringComparer.Ordinal),
            walk.Remarks);
    }
}
