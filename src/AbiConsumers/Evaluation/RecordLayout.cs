using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Evaluation;

/// <summary>Sizes of structs made of integers, arrays of them and other such structs, laid out as C does on 64-bit machines.</summary>
/// <param name="find">The struct a name means; null when the source has none.</param>
internal sealed class RecordLayout(Func<string, RecordDefinition?> find)
{
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>Size and alignment in bytes; null when a part is not known.</summary>
    public (long Size, int Align)? Of(RecordDefinition record) => Laid(record, []);

    /// <summary>Offset and size of each field in bytes; null when a part is not known.</summary>
    public IReadOnlyList<(string Name, long Offset, long Size)>? FieldsOf(RecordDefinition record)
    {
        var fields = new List<(string, long, long)>();
        return Laid(record, fields) is null ? null : fields;
    }

    private (long Size, int Align)? Laid(RecordDefinition record, List<(string Name, long Offset, long Size)> fields)
    {
        if (record.Odd.Length > 0 || record.Fields.Count == 0 || !_open.Add(record.Name))
            return null;
        var (size, align) = (0L, 1);
        foreach (var field in record.Fields)
        {
            if (OfType(field.Type) is not { } laid)
            {
                _open.Remove(record.Name);
                return null;
            }
            var offset = record.Packed ? size : Up(size, laid.Align);
            fields.Add((field.Name, offset, laid.Size));
            size = offset + laid.Size;
            align = record.Packed ? 1 : Math.Max(align, laid.Align);
        }
        _open.Remove(record.Name);
        return (Up(size, align), align);
    }

    private (long Size, int Align)? OfType(IReadOnlyList<Token> type)
    {
        // C: T[N]; Go: [N]T; Rust: [T; N].
        var numbers = type.Where(token => token.Kind == TokenKind.Number).ToList();
        var words = type.Where(token => token.Kind == TokenKind.Name && token.Text is not ("struct" or "const" or "volatile")).Select(token => token.Text).ToList();
        if (type.Any(token => token.Kind == TokenKind.Mark && token.Text is not ("[" or "]" or ";" or "::")) || numbers.Count != type.Count(token => token.Is("[")) || words.Count == 0)
            return null;
        var length = 1L;
        foreach (var number in numbers)
        {
            if (!NumberReader.TryRead(number.Text, leadingZeroIsOctal: false, out var count) || count > 1 << 20)
                return null;
            length *= (long)count;
        }
        if (length > 1 << 30)
            return null;
        return Element(words) is { } element ? (element.Size * length, element.Align) : null;
    }

    private (long Size, int Align)? Element(IReadOnlyList<string> words)
    {
        if (IntegerType.TryRead(words, 64, out var integer) || IntegerType.TryRead([words[^1]], 64, out integer))
            return (integer.Bits / 8, integer.Bits / 8);
        if (words[^1] is "usize" or "isize" or "size_t" or "ssize_t" or "uintptr" or "uintptr_t" or "c_ulong" or "c_long")
            return (8, 8);
        return find(words[^1]) is { } record ? Of(record) : null;
    }

    private static long Up(long size, int align) => (size + align - 1) / align * align;
}
