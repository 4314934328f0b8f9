using System.Text;
using Faultline.Machine;

namespace Faultline.AbiExtractor.Input;

/// <summary>Files that somebody else wrote: looked at before they are opened, and read with a bound.</summary>
public static class InputFile
{
    /// <summary>The largest model file that is read, in bytes: twenty times what the largest uapi header gives.</summary>
    public const long LargestModel = 64L << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Demands a regular file that can be read.</summary>
    /// <param name="what">What it is to be, for the message: <c>header</c>.</param>
    /// <exception cref="ExtractionException">It is none; the message says what stands there instead.</exception>
    public static void Demand(string path, string what)
    {
        var kind = FileKinds.Of(path);
        if (kind == FileKind.Missing)
            throw new ExtractionException($"The {what} {path} does not exist.", []);
        if (kind != FileKind.Regular)
            throw new ExtractionException($"{path} {kind.Describe()}; a {what} must be a regular file, for it is read more than once.", []);
        try
        {
            using var stream = File.OpenRead(path);
            stream.ReadByte();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ExtractionException($"The {what} {path} cannot be read: {exception.Message}", []);
        }
    }

    /// <summary>The text of a model file.</summary>
    /// <exception cref="ExtractionException">It is no readable file, is too large, or is not UTF-8; for the last, with the place.</exception>
    public static string ReadModel(string path)
    {
        Demand(path, "ABI model");
        var bytes = new FileInfo(path).Length is <= LargestModel ? File.ReadAllBytes(path)
            : throw new ExtractionException($"The ABI model {path} has {new FileInfo(path).Length} bytes; models beyond {LargestModel} are not read. Extract the header again.", []);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            var valid = ValidPrefix(bytes);
            var before = Strict.GetString(bytes, 0, valid);
            throw new ExtractionException($"{path} is no ABI model this version reads.",
                [new(path, 1 + before.Count(c => c == '\n'), before.Length - before.LastIndexOf('\n'), $"the byte 0x{bytes[valid]:x2} is not UTF-8")]);
        }
    }

    private static int ValidPrefix(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (position < bytes.Length && Rune.DecodeFromUtf8(bytes[position..], out _, out var length) == System.Buffers.OperationStatus.Done)
            position += length;
        return position;
    }
}
