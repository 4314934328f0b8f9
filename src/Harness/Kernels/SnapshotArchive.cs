using System.Formats.Tar;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Kernels;

/// <summary>
/// What brings a copy of a user's tree up to date, as a tar stream for the step take-snapshot. Each file is read
/// once: what is hashed is what is sent.
/// </summary>
/// <param name="folder">The tree.</param>
/// <param name="held">What the copy holds; empty for nothing.</param>
/// <param name="wanted">What the tree held a moment ago.</param>
internal sealed class SnapshotArchive(string folder, TreeManifest held, TreeManifest wanted)
{
    private const UnixFileMode Plain = (UnixFileMode)0b110_100_100;
    private const UnixFileMode Program = (UnixFileMode)0b111_101_101;

    /// <summary>What the copy holds when the stream has arrived; that is not what was wanted where the tree changed in between.</summary>
    public TreeManifest? Sent { get; private set; }

    /// <exception cref="TreeUnreadableException">A file cannot be read.</exception>
    public async Task WriteAsync(Stream stream, CancellationToken cancellation)
    {
        var files = wanted.Files.ToDictionary(StringComparer.Ordinal);
        var unreadable = new Unreadable(folder);
        await using var tar = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true);
        foreach (var file in held.Lacks(wanted).OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            if (await ReadAsync(file, unreadable, cancellation) is not { } entry)
            {
                files.Remove(file.Path);
                continue;
            }

            files[file.Path] = file with { Sha256 = entry.Sha256 };
            await tar.WriteEntryAsync(entry.Tar, cancellation);
        }

        unreadable.ThrowIfAny();
        var sent = new TreeManifest(files.Values);
        var removed = held.Files.Keys.Where(path => !sent.Files.ContainsKey(path));
        var names = System.Text.Encoding.UTF8.GetBytes(string.Concat(removed.Select(path => path + '\0')));
        await WriteTextAsync(tar, "removed", names, cancellation);
        // The last one: a stream that was cut off anywhere has none.
        await WriteTextAsync(tar, "manifest", sent.ToBytes(), cancellation);
        Sent = sent;
    }

    private async Task<(GnuTarEntry Tar, string Sha256)?> ReadAsync(TreeFile file, Unreadable unreadable, CancellationToken cancellation)
    {
        var full = Path.Combine(folder, file.Path);
        try
        {
            if (file.Mark == 'l')
            {
                if (new FileInfo(full).LinkTarget is not { } target)
                    return null;
                var link = new GnuTarEntry(TarEntryType.SymbolicLink, "files/" + file.Path) { LinkName = target };
                return (link, FileDigest.OfLink(target).Sha256);
            }

            var content = await File.ReadAllBytesAsync(full, cancellation);
            return (Entry("files/" + file.Path, content, file.Mark == 'x' ? Program : Plain), FileDigest.Of(content).Sha256);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            unreadable.Add(full);
            return null;
        }
    }

    private static Task WriteTextAsync(TarWriter tar, string name, byte[] content, CancellationToken cancellation) =>
        tar.WriteEntryAsync(Entry(name, content, Plain), cancellation);

    private static GnuTarEntry Entry(string name, byte[] content, UnixFileMode mode) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content, writable: false), Mode = mode };
}
