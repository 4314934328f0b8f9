using Faultline.Harness.Docker;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Guest.Shells;

/// <summary>
/// A folder of this machine as a guest gets it: the files that are there at the start. It is copied, so nothing there can change it.
/// </summary>
/// <param name="Folder">Absolute path.</param>
/// <param name="Files">Paths inside, and where they lie; a link counts as the file it leads to.</param>
/// <param name="LeftOut">Paths of what a copy cannot have: links to nothing or to folders, sockets, pipes.</param>
internal sealed record SharedFolder(string Folder, IReadOnlyList<(string Name, string HostPath)> Files, IReadOnlyList<string> LeftOut)
{
    /// <summary>The copy goes through memory, here and in the container.</summary>
    public const long MostBytes = 1L << 30;

    /// <exception cref="GuestException">It cannot be read whole, or is too large.</exception>
    public static SharedFolder Read(string folder, CancellationToken cancellation)
    {
        var (files, left, bytes) = (new List<(string, string)>(), new List<string>(), 0L);
        var folders = new Stack<string>([folder]);
        try
        {
            while (folders.TryPop(out var here))
            {
                foreach (var path in Directory.EnumerateFileSystemEntries(here).Order(StringComparer.Ordinal))
                {
                    cancellation.ThrowIfCancellationRequested();
                    var isLink = FileStamp.Of(path)?.Kind == FileKind.Link;
                    var stamp = FileStamp.Of(path, follow: true);
                    if (stamp?.Kind == FileKind.Folder && !isLink)
                    {
                        folders.Push(path);
                        continue;
                    }

                    if (stamp is not { Kind: FileKind.Regular } file)
                    {
                        left.Add(path);
                        continue;
                    }

                    bytes += file.Size;
                    if (bytes > MostBytes)
                        throw new GuestException($"--share {folder} holds more than {MostBytes >> 20} MiB, and its files are copied into "
                            + "the guest; share a folder with less in it.");
                    File.OpenHandle(path).Dispose();
                    files.Add((Path.GetRelativePath(folder, path), path));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GuestException($"--share {folder} cannot be read: {e.Message}", e);
        }

        return new SharedFolder(folder, files, left);
    }

    public ContainerInput Input => ContainerInput.FromFiles("/input/share", Files);
}
