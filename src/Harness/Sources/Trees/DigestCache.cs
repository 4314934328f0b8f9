using System.Security.Cryptography;
using System.Text;
using Faultline.Harness.Inputs;

namespace Faultline.Harness.Sources.Trees;

/// <summary>
/// The digests of one tree's files, each with the stamp that its file had: a file with the same stamp need not be
/// read again. git's own index is of no use for that. It trusts times that can be put back, and has bits that tell it
/// not to look at all.
/// </summary>
/// <param name="path">Where it is kept.</param>
/// <remarks>
/// In <c>$XDG_CACHE_HOME/faultline/trees</c>, about 15 MB for a kernel tree. Deleting it costs a few seconds, the
/// next time.
/// </remarks>
internal sealed class DigestCache(string path)
{
    private const string Version = "faultline digests 1";

    /// <summary>
    /// A file written a moment ago can be written again within the same tick of its file system's clock, or of the
    /// clock of the machine that serves it. Its digest is not kept.
    /// </summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, (FileStamp Stamp, FileDigest Digest)> _known = [];

    /// <summary>The cache of a folder, with what is known of it already.</summary>
    /// <param name="tree">Absolute path.</param>
    /// <param name="caches">The folder of all caches.</param>
    public static DigestCache Of(string tree, string caches)
    {
        var cache = new DigestCache(PathOf(tree, caches));
        cache.Read();
        return cache;
    }

    /// <summary>When the cache of a folder was written last.</summary>
    public static DateTime WrittenAt(string tree, string caches) => File.GetLastWriteTimeUtc(PathOf(tree, caches));

    public static string FolderOfUser()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache))
            cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(cache, "faultline", "trees");
    }

    /// <summary>What is known of each file, by its path in the tree.</summary>
    public IEnumerable<(string File, FileStamp Stamp, FileDigest Digest)> Known =>
        _known.Select(known => (known.Key, known.Value.Stamp, known.Value.Digest));

    public FileDigest? Find(string file, FileStamp stamp) =>
        _known.TryGetValue(file, out var known) && known.Stamp == stamp ? known.Digest : null;

    /// <summary>Takes the place of what was known. A cache that cannot be written costs time, never a result.</summary>
    /// <param name="files">Every file, with a stamp that it had before and after it was read.</param>
    /// <param name="read">When the first of them was looked at.</param>
    public void Replace(IEnumerable<(string File, FileStamp Stamp, FileDigest Digest)> files, DateTimeOffset read)
    {
        var settled = (read - Settled).ToUnixTimeMilliseconds() * 1_000_000;
        var kept = files.Where(f => f.Stamp.Changed < settled).ToList();
        if (kept.Count == _known.Count && kept.All(f => _known.TryGetValue(f.File, out var known) && known.Stamp == f.Stamp))
            return;
        try
        {
            Machine.WholeFile.Write(path, Write(kept));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string PathOf(string tree, string caches) => Path.Combine(caches, InputHash.Of(hash => hash.Add("tree", tree))[..16]);

    private static byte[] Write(List<(string File, FileStamp Stamp, FileDigest Digest)> files)
    {
        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Version);
            writer.Write(files.Count);
            foreach (var (file, stamp, digest) in files)
            {
                writer.Write(file);
                writer.Write((byte)stamp.Kind);
                writer.Write(stamp.Mode);
                writer.Write(stamp.Owner);
                writer.Write(stamp.Device);
                writer.Write(stamp.Inode);
                writer.Write(stamp.Size);
                writer.Write(stamp.Modified);
                writer.Write(stamp.Changed);
                writer.Write(digest.Sha256);
                writer.Write(digest.Blob);
            }
        }

        body.Write(SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length)));
        return body.ToArray();
    }

    private void Read()
    {
        try
        {
            if (!File.Exists(path))
                return;
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length < SHA256.HashSizeInBytes)
                return;
            var body = bytes.AsSpan(..^SHA256.HashSizeInBytes);
            if (!SHA256.HashData(body).AsSpan().SequenceEqual(bytes.AsSpan(body.Length)))
                return;
            using var reader = new BinaryReader(new MemoryStream(bytes, 0, body.Length), Encoding.UTF8);
            if (reader.ReadString() != Version)
                return;
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var file = reader.ReadString();
                var stamp = new FileStamp(
                    (FileKind)reader.ReadByte(), reader.ReadInt32(), reader.ReadUInt32(), reader.ReadUInt64(), reader.ReadUInt64(),
                    reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
                _known[file] = (stamp, new FileDigest(reader.ReadString(), reader.ReadString()));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _known.Clear();
        }
    }
}
