using System.Security.Cryptography;
using System.Text;

namespace Faultline.Harness.Inputs;

/// <summary>A hash over named inputs, in which no two different sets of inputs run together.</summary>
internal sealed class InputHash
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private InputHash()
    {
    }

    /// <returns>64 lowercase hexadecimal digits.</returns>
    public static string Of(Action<InputHash> add)
    {
        var hash = new InputHash();
        using (hash._hash)
        {
            add(hash);
            return Convert.ToHexStringLower(hash._hash.GetHashAndReset());
        }
    }

    public void Add(string name, string value) => Add(name, Encoding.UTF8.GetBytes(value));

    /// <summary>Name and content go in with their lengths, so that moving a byte from one to the other changes the hash.</summary>
    public void Add(string name, ReadOnlySpan<byte> value)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        _hash.AppendData(BitConverter.GetBytes(nameBytes.Length));
        _hash.AppendData(nameBytes);
        _hash.AppendData(BitConverter.GetBytes(value.Length));
        _hash.AppendData(value);
    }

    public void AddFile(string name, string path) => Add(name, File.ReadAllBytes(path));

    /// <summary>Every file below the folder: relative path, whether it is executable, and content.</summary>
    public void AddFolder(string folder)
    {
        foreach (var path in FolderFiles.Of(folder))
        {
            Add(Path.GetRelativePath(folder, path), FolderFiles.IsExecutable(path) ? "x" : "-");
            Add("content", File.ReadAllBytes(path));
        }
    }
}
