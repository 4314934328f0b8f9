using System.Security.Cryptography;
using System.Text;
using Faultline.Harness.Inputs;

namespace Faultline.Harness.Sources.Trees;

/// <summary>Every file of a tree by path, mode and content.</summary>
internal sealed class TreeManifest
{
    private readonly byte[] _text;

    public TreeManifest(IEnumerable<TreeFile> files)
    {
        Files = files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        _text = Encoding.UTF8.GetBytes(string.Concat(
            Files.Values.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{file.Mark} {file.Sha256} {file.Path}\0")));
        Key = Convert.ToHexStringLower(SHA256.HashData(_text));
    }

    public IReadOnlyDictionary<string, TreeFile> Files { get; }

    /// <summary>The hash of <see cref="ToBytes"/>: 64 hexadecimal digits.</summary>
    public string Key { get; }

    /// <summary>A hash over what kconfig may read: all but C, headers and documents; of the sources of kconfig those too.</summary>
    public string KconfigKey => InputHash.Of(hash =>
    {
        foreach (var file in Files.Values.Where(IsReadByKconfig).OrderBy(file => file.Path, StringComparer.Ordinal))
            hash.Add(file.Path, $"{file.Mark} {file.Sha256}");
    });

    /// <summary>
    /// Records of mark, hash and path, sorted by path, each ended by a zero byte, for any other byte may be part of a
    /// path.
    /// </summary>
    public byte[] ToBytes() => _text;

    /// <exception cref="FormatException">It is something else.</exception>
    public static TreeManifest Parse(ReadOnlySpan<byte> text)
    {
        var records = Encoding.UTF8.GetString(text).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return new TreeManifest(records.Select(record => record.Split(' ', 3) is [[var mark], { Length: 64 } hash, { Length: > 0 } path]
            ? new TreeFile(path, mark, hash)
            : throw new FormatException("Not a list of a tree's files.")));
    }

    /// <summary>The files of <paramref name="wanted"/> that are not, or not so, in this one.</summary>
    public IReadOnlyList<TreeFile> Lacks(TreeManifest wanted) =>
        [.. wanted.Files.Values.Where(file => Files.GetValueOrDefault(file.Path) != file)];

    private static bool IsReadByKconfig(TreeFile file) =>
        file.Path.StartsWith("scripts/", StringComparison.Ordinal)
        || Path.GetExtension(file.Path) is not (".c" or ".h" or ".S" or ".rst" or ".txt");
}
