using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Faultline.Harness.Sources.Trees;

/// <summary>What a file's content is known by.</summary>
/// <param name="Sha256">64 lowercase hexadecimal digits; what keys are made of.</param>
/// <param name="Blob">The name that git gives this content; what tells whether a file is that of a commit.</param>
internal sealed record FileDigest(string Sha256, string Blob)
{
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "git names contents by SHA-1; no key of ours is made of it.")]
    public static FileDigest Of(ReadOnlySpan<byte> content)
    {
        using var blob = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        blob.AppendData(Encoding.ASCII.GetBytes($"blob {content.Length}\0"));
        blob.AppendData(content);
        return new FileDigest(Convert.ToHexStringLower(SHA256.HashData(content)), Convert.ToHexStringLower(blob.GetHashAndReset()));
    }

    public static FileDigest OfLink(string target) => Of(Encoding.UTF8.GetBytes(target));

    /// <summary>Reads a file once, to its end, and hashes what was read.</summary>
    public static FileDigest OfFile(string path)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(RandomAccess.GetLength(file) + 1, Array.MaxLength));
        try
        {
            var length = 0;
            while (RandomAccess.Read(file, buffer.AsSpan(length), length) is var read and > 0)
            {
                length += read;
                if (length == buffer.Length)
                    buffer = Grow(buffer);
            }

            return Of(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
