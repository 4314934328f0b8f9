namespace Faultline.Harness.Sources.Trees;

/// <summary>What one file holds.</summary>
/// <param name="Stamp">Its stamp before and after it was read; null when that changed meanwhile.</param>
internal sealed record FileReading(string Path, char Mark, FileStamp? Stamp, FileDigest Digest)
{
    /// <summary>Reads a file; null when it is gone.</summary>
    public static FileReading? Of(string full, WalkedFile file)
    {
        try
        {
            var digest = file.Mark == 'l' ? FileDigest.OfLink(new FileInfo(full).LinkTarget ?? "") : FileDigest.OfFile(full);
            var after = FileStamp.Of(full, follow: file.Followed);
            return new FileReading(file.Path, file.Mark, after == file.Stamp ? after : null, digest);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
