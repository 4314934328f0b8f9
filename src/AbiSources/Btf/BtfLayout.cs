namespace Faultline.AbiSources.Btf;

/// <summary>Sizes and natural alignments of BTF types, in bytes. BTF records sizes, but no alignment: what an attribute changed is seen only where an offset gives it away.</summary>
internal sealed class BtfLayout(BtfTypes types, int pointerSize)
{
    private const int BeingComputed = -1;

    private readonly Dictionary<int, int> _alignments = [];

    public long SizeOf(int id)
    {
        var elements = 1L;
        for (var depth = 0; ; depth++)
        {
            var (type, _) = types.Resolve(id);
            if (type.Kind != "ARRAY")
                return elements * (type.Kind == "PTR" ? pointerSize : type.Size);
            if (depth == BtfTypes.Deepest)
                throw HoldEachOther();
            (elements, id) = (elements * type.NrElems, type.TypeId);
        }
    }

    /// <summary>Alignment without attributes; at least 1.</summary>
    public int NaturalAlignOf(int id)
    {
        var (type, _) = types.Resolve(id);
        if (_alignments.TryGetValue(type.Id, out var known))
            return known == BeingComputed ? throw HoldEachOther() : known;
        _alignments[type.Id] = BeingComputed;
        return _alignments[type.Id] = type.Kind switch
        {
            "PTR" => pointerSize,
            "ARRAY" => NaturalAlignOf(type.TypeId),
            "STRUCT" or "UNION" => IsPacked(type) ? 1 : LargestMember(type),
            _ => (int)Math.Clamp(type.Size, 1, 16),
        };
    }

    /// <summary>Whether the record must be packed: a member stands off its alignment, or the end does. A packed record without holes looks like any other.</summary>
    public bool IsPacked(BtfType record) =>
        record.Members.Any(member => member.BitfieldSize == 0 && member.BitsOffset % (NaturalAlignOf(member.TypeId) * 8L) != 0)
        || record.Size % LargestMember(record) != 0;

    private int LargestMember(BtfType record) => record.Members.Select(member => NaturalAlignOf(member.TypeId)).DefaultIfEmpty(1).Max();

    private static FormatException HoldEachOther() => new("the BTF's types hold each other without end");
}
