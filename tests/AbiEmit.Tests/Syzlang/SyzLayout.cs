using System.Globalization;

namespace Faultline.AbiEmit.Tests.Syzlang;

/// <summary>How syzkaller lays out records: as C does, but a union ends with its largest member.</summary>
internal sealed class SyzLayout(SyzFile file)
{
    private readonly Dictionary<string, (long Size, long Align, IReadOnlyDictionary<string, long> Offsets)> _records = [];

    /// <summary>Bytes, the alignment, and where the members begin that are no bit-fields; an array of any length has no bytes.</summary>
    public (long Size, long Align, IReadOnlyDictionary<string, long> Offsets) Of(SyzRecord record)
    {
        if (!_records.TryGetValue(record.Name, out var layout))
            _records.Add(record.Name, layout = Compute(record));
        return layout;
    }

    private (long Size, long Align, IReadOnlyDictionary<string, long> Offsets) Compute(SyzRecord record)
    {
        var packed = record.Attributes.Any(attribute => attribute.Name == "packed");
        var offsets = new Dictionary<string, long>();
        long size = 0, align = 1, bit = 0;
        foreach (var field in record.Fields)
        {
            var (bytes, natural) = Of(field.Type);
            natural = packed ? 1 : natural;
            align = Math.Max(align, natural);
            if (record.IsUnion)
            {
                size = Math.Max(size, bytes);
            }
            else if (Bits(field.Type) is { } width)
            {
                var unit = bytes * 8;
                if (bit / unit != (bit + width - 1) / unit)
                    bit = (bit + unit - 1) / unit * unit;
                bit += width;
                size = (bit + 7) / 8;
                continue;
            }
            else
            {
                size = (size + natural - 1) / natural * natural;
                offsets[field.Name] = size;
                size += bytes;
            }
            bit = size * 8;
        }
        if (Attribute(record, "align") is { } raised)
            align = raised;
        var grows = !record.IsUnion && record.Fields[^1].Type is { Name: "array", Arguments.Count: 1 };
        if (!record.IsUnion && !grows)
            size = (size + align - 1) / align * align;
        return (Attribute(record, "size") ?? size, align, offsets);
    }

    private static long? Attribute(SyzRecord record, string name) =>
        record.Attributes.FirstOrDefault(attribute => attribute.Name == name) is { } found
        ? Number(found.Arguments[0]) : null;

    private static int? Bits(SyzType type) => type.Bits ?? (type.Name == "const" ? type.Arguments[1].Bits : null);

    private (long Size, long Align) Of(SyzType type)
    {
        switch (type.Name)
        {
            case "const" or "flags":
                return Of(type.Arguments[1]);
            case "ptr":
                return (8, 8);
            case "bool8":
                return (1, 1);
            case "array":
                var (size, align) = Of(type.Arguments[0]);
                return (type.Arguments.Count == 1 ? 0 : size * Number(type.Arguments[1]), align);
            case ['i', 'n', 't', .. var bits]:
                var bytes = long.Parse(bits.Replace("be", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 8;
                return (bytes, bytes);
            default:
                var (whole, natural, _) = Of(file.Records[type.Name]);
                return (whole, natural);
        }
    }

    private static long Number(SyzType type) => long.Parse(type.Name, CultureInfo.InvariantCulture);
}
