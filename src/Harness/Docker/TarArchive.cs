using System.Formats.Tar;
using Faultline.Harness.Inputs;
using Faultline.Machine;

namespace Faultline.Harness.Docker;

/// <summary>The tar streams in which files travel to and from an engine.</summary>
internal static class TarArchive
{
    /// <summary>Packs a file or folder under the name <paramref name="name"/>.</summary>
    /// <param name="input">What to pack.</param>
    /// <param name="name">Its name in the archive.</param>
    /// <param name="owner"><c>uid:gid</c>, or null for 0:0.</param>
    public static Stream Pack(ContainerInput input, string name, string? owner)
    {
        var ids = (owner ?? "0:0").Split(':').Select(int.Parse).ToArray();
        return Write(writer =>
        {
            if (input.Files is { } files)
            {
                WriteFolderEntry(writer, name, ids);
                foreach (var (file, path) in files)
                    WriteHostFile(writer, $"{name}/{file}", path, ids);
            }
            else if (input.HostPath is null)
                WriteFile(writer, name, new MemoryStream(input.Content.ToArray(), writable: false), executable: false, ids);
            else if (File.Exists(input.HostPath))
                WriteHostFile(writer, name, input.HostPath, ids);
            else if (Directory.Exists(input.HostPath))
                WriteFolder(writer, name, input.HostPath, ids);
            else
                throw new FileNotFoundException($"{input.HostPath} does not exist and cannot be copied into a container.", input.HostPath);
        });
    }

    /// <summary>Packs a folder's content at the archive's root: an image build context.</summary>
    public static Stream PackContext(string folder) => Write(writer =>
    {
        foreach (var path in FolderFiles.Of(folder))
            WriteHostFile(writer, Path.GetRelativePath(folder, path), path, [0, 0]);
    });

    /// <summary>
    /// Unpacks what the engine's archive call returns: one top entry, a file or a folder. A file becomes <paramref name="target"/>;
    /// a folder's content lands in it. Files belong to the calling process's user; no entry may leave <paramref name="target"/>.
    /// </summary>
    /// <exception cref="InvalidDataException">An entry points outside.</exception>
    public static async Task UnpackAsync(Stream archive, string target, CancellationToken cancellation)
    {
        target = Path.GetFullPath(target);
        await using var reader = new TarReader(archive);
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            var path = Destination(target, entry.Name);
            if (entry.EntryType == TarEntryType.Directory)
            {
                Directory.CreateDirectory(path);
            }
            else if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                await WholeFile.WriteAsync(path, partial => entry.ExtractToFileAsync(partial, overwrite: true, cancellation));
            }
            else if (entry.EntryType == TarEntryType.SymbolicLink)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Delete(path);
                File.CreateSymbolicLink(path, InsideLink(target, path, entry.LinkName));
            }
        }
    }

    private static string Destination(string target, string entryName)
    {
        // The first part of every name is the copied file's or folder's own name, which the target's name replaces.
        var slash = entryName.TrimEnd('/').IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 ? target : Path.GetFullPath(Path.Combine(target, entryName[(slash + 1)..]));
        if (path != target && !path.StartsWith(target + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new InvalidDataException($"The archive's entry '{entryName}' points outside {target}; nothing of it was written.");
        return path;
    }

    private static string InsideLink(string target, string path, string link)
    {
        var pointed = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, link));
        return Path.IsPathRooted(link) || !pointed.StartsWith(target + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? throw new InvalidDataException($"The archive's link '{path}' points to '{link}', outside {target}.")
            : link;
    }

    private static MemoryStream Write(Action<TarWriter> fill)
    {
        var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
            fill(writer);
        stream.Position = 0;
        return stream;
    }

    private static void WriteFolderEntry(TarWriter writer, string name, int[] owner) =>
        writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, name + "/")
        {
            Mode = (UnixFileMode)0b111_101_101,
            Uid = owner[0],
            Gid = owner[1],
        });

    private static void WriteFolder(TarWriter writer, string name, string folder, int[] owner)
    {
        WriteFolderEntry(writer, name, owner);
        foreach (var path in FolderFiles.Of(folder))
            WriteHostFile(writer, name + "/" + Path.GetRelativePath(folder, path), path, owner);
    }

    private static void WriteHostFile(TarWriter writer, string name, string path, int[] owner)
    {
        using var data = File.OpenRead(path);
        WriteFile(writer, name, data, FolderFiles.IsExecutable(path), owner);
    }

    private static void WriteFile(TarWriter writer, string name, Stream data, bool executable, int[] owner) =>
        writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = data,
            Mode = (UnixFileMode)(executable ? 0b111_101_101 : 0b110_100_100),
            Uid = owner[0],
            Gid = owner[1],
            // The engine's build cache looks at content and mode; a fixed time keeps the archive itself reproducible.
            ModificationTime = DateTimeOffset.UnixEpoch,
        });
}
