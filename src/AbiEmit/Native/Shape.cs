using Faultline.AbiModel;

namespace Faultline.AbiEmit.Native;

/// <summary>How a record is written in a language, piece by piece, so that every member gets the offset that it has in C.</summary>
/// <param name="Name">In the language.</param>
/// <param name="CName"><c>uffd_msg.arg</c> for a record that is written inside another.</param>
internal sealed record Shape(string Name, string CName, StructSpec Record)
{
    public IReadOnlyList<Slot> Slots { get; init; } = [];

    public IReadOnlyList<BitMember> Bits { get; init; } = [];

    /// <summary>Bytes; what the language gives the record as it is written.</summary>
    public int Align { get; init; } = 1;

    /// <summary>Members lie closer than their types ask for: the record has to be packed, to its alignment in C.</summary>
    public bool Packed { get; init; }

    /// <summary>No member has the alignment of the record: it has to be told.</summary>
    public bool Aligned { get; init; }

    public bool IsUnion => Record.Kind == RecordKind.Union;

    /// <summary><c>struct uffd_msg</c>, or <c>union in uffd_msg.arg</c> for one that is written inside another.</summary>
    public string InWords => CName == Record.Name ? Record.Id : $"{(IsUnion ? "union" : "struct")} in {CName}";

    /// <summary>Records written inside this one.</summary>
    public IEnumerable<Shape> Inner => Slots.Select(slot => slot.Inner!).Where(inner => inner is not null);

    /// <summary>This record and all written inside it, each before the one around it.</summary>
    public IEnumerable<Shape> InOrder => Inner.SelectMany(inner => inner.InOrder).Append(this);
}
