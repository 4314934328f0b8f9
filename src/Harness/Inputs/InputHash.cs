using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Faultline.Harness.Inputs;

/// <summary>A hash over named inputs, in which no two different sets of inputs run together.</summary>
internal sealed class InputHash
{
    /// <summary>What is read at once, in bytes.</summary>
    private const int Block = 256 << 10;

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
        Begin(name, value.Length);
        _hash.AppendData(value);
    }

    /// <summary>
    /// A file's content, as <see cref="Add(string, ReadOnlySpan{byte})"/> takes it, but never all of it at once: a kernel is
    /// larger than the memory that the rest of a run takes. One that shrinks meanwhile is like no file that holds still.
    /// </summary>
    public void AddFile(string name, string path)
    {
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(file);
        Begin(name, (int)length);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length, 1, Block));
        try
        {
            for (var offset = 0L; offset < length;)
            {
                var count = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - offset)), offset);
                if (count == 0)
                    break;
                _hash.AppendData(buffer, 0, count);
                offset += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Every file below the folder: relative path, whether it is executable, and content.</summary>
    public void AddFolder(string folder)
    {
        foreach (var path in FolderFiles.Of(folder))
        {
            Add(Path.GetRelativePath(folder, path), FolderFiles.IsExecutable(path) ? "x" : "-");
            AddFile("content", path);
        }
    }

    private void Begin(string name, int length)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        _hash.AppendData(BitConverter.GetBytes(nameBytes.Length));
        _hash.AppendData(nameBytes);
        _hash.AppendData(BitConverter.GetBytes(length));
    }
}
