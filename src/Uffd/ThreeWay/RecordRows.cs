using Faultline.AbiDiff.Coverage;
using Faultline.AbiDiff.Rules;
using Faultline.AbiModel;

namespace Faultline.Uffd.ThreeWay;

/// <summary>Records: sizes, and every field's place, size and type, in the header and in the code as it was compiled; sizes also as the kernel's requests and messages have them.</summary>
internal static class RecordRows
{
    private const string Group = "records", Message = "struct uffd_msg";

    public static IEnumerable<SourceRow> Of(AbiSpec header, AbiSpec code, LiveAnswers live)
    {
        // Each missing record proves nothing; all of them missing is a source that does not speak, and must not pass for one that agrees.
        if (header.Structs.Count > 0 && !header.Structs.Any(record => code.Structs.Any(candidate => candidate.Id == record.Id)))
            yield return new(Group, "records of the header", $"{header.Structs.Count} records", "none of them", SourceRow.Silent, false);
        foreach (var record in header.Structs)
        {
            var compiled = code.Structs.FirstOrDefault(candidate => candidate.Id == record.Id);
            var sizes = LiveSizes(header, record, live).Distinct().ToList();
            yield return new(
                Group, record.Id, HeaderFacts.Bytes(record.Size), compiled is null ? SourceRow.Silent : HeaderFacts.Bytes(compiled.Size),
                sizes.Count == 0 ? SourceRow.Silent : string.Join(", ", sizes.Select(HeaderFacts.Bytes)),
                (compiled is null || compiled.Size == record.Size) && sizes.TrueForAll(size => size == record.Size));
            if (compiled is null)
                continue;
            foreach (var row in Fields(record, compiled))
                yield return row;
        }
    }

    /// <summary>The sizes of this record that the kernel's answers hold.</summary>
    private static IEnumerable<long> LiveSizes(AbiSpec header, StructSpec record, LiveAnswers live)
    {
        if (record.Id == Message)
            yield return live.MessageSize;
        foreach (var ioctl in header.Ioctls.Where(ioctl => ioctl.ArgumentType.IsRecord && ioctl.ArgumentType.Name == record.Id))
        {
            foreach (var request in live.Requests.Where(request => (request & 0xffff) == (ioctl.Code & 0xffff)))
                yield return (request >> 16) & 0x3fff;
        }
    }

    private static IEnumerable<SourceRow> Fields(StructSpec record, StructSpec compiled)
    {
        var said = Places(record, record.Id, 0).ToList();
        var built = Places(compiled, compiled.Id, 0).ToDictionary(place => place.Path, place => place.Text, StringComparer.Ordinal);
        foreach (var (path, text) in said)
        {
            var other = built.TryGetValue(path, out var found) ? found : "no such field";
            yield return new(Group, path, text, other, SourceRow.Silent, text == other);
        }

        foreach (var (path, text) in built.Where(place => !said.Exists(named => named.Path == place.Key)))
            yield return new(Group, path, "no such field", text, SourceRow.Silent, false);
    }

    /// <summary>Every named field, those of records written inside a field included, with its place from the start of the outermost record.</summary>
    private static IEnumerable<(string Path, string Text)> Places(StructSpec record, string path, long startBit) => Place.Of(record).SelectMany(place =>
    {
        var bit = startBit + place.Bit;
        var here = $"{path}.{place.Name}";
        var where = place.Field.BitWidth is { } width ? $"bit {bit}, {width} bits" : $"offset {bit / 8}, {HeaderFacts.Bytes(place.Bits / 8)}";
        return place.Field.Inline is { } inline && !place.Field.Type.IsArray
            ? Places(inline, here, bit).Prepend((here, where))
            : [(here, $"{where}, {ArrayShape.Of(place.Field.Type)}")];
    });
}
