using System.Text.Json.Serialization;

namespace Faultline.AbiSources.Btf;

/// <summary>One type as <c>bpftool -j btf dump file X format raw</c> prints it. Members that a kind does not have stay at their defaults.</summary>
internal sealed record BtfType
{
    public const string NoName = "(anon)";

    /// <summary>The type's number, from 1; 0 is void.</summary>
    public int Id { get; init; }

    /// <summary><c>INT</c>, <c>PTR</c>, <c>ARRAY</c>, <c>STRUCT</c>, <c>UNION</c>, <c>ENUM</c>, <c>ENUM64</c>, <c>FWD</c>, <c>TYPEDEF</c>, <c>CONST</c>, <c>FLOAT</c> …</summary>
    public string Kind { get; init; } = "";

    /// <summary><see cref="NoName"/> for a type without one.</summary>
    public string Name { get; init; } = NoName;

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>The bits of an integer; fewer than its size has for a bit-field of an old encoder.</summary>
    public int NrBits { get; init; }

    /// <summary><c>SIGNED</c>, <c>UNSIGNED</c>, <c>CHAR</c>, <c>BOOL</c> or <c>(none)</c>.</summary>
    public string Encoding { get; init; } = "";

    /// <summary>What a pointer, typedef, qualifier or array is of.</summary>
    public int TypeId { get; init; }

    /// <summary>Elements of an array. 0 is a flexible array or one of length 0: BTF does not tell them apart.</summary>
    public long NrElems { get; init; }

    public IReadOnlyList<BtfMember> Members { get; init; } = [];

    public IReadOnlyList<BtfValue> Values { get; init; } = [];

    public bool IsRecord => Kind is "STRUCT" or "UNION";

    public bool IsEnum => Kind is "ENUM" or "ENUM64";

    public bool HasName => Name != NoName;
}

/// <summary>One member of a struct or union.</summary>
internal sealed record BtfMember
{
    public string Name { get; init; } = BtfType.NoName;

    public int TypeId { get; init; }

    /// <summary>The member's place in bits from the start of the record.</summary>
    public long BitsOffset { get; init; }

    /// <summary>Bits; 0 for a member that is no bit-field.</summary>
    public int BitfieldSize { get; init; }
}

/// <summary>One enumerator.</summary>
internal sealed record BtfValue
{
    public string Name { get; init; } = "";

    /// <summary>Wide enough for 64 bits of either sign.</summary>
    public decimal Val { get; init; }
}

/// <summary>The whole dump.</summary>
internal sealed record BtfDump
{
    public IReadOnlyList<BtfType> Types { get; init; } = [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BtfDump))]
internal sealed partial class BtfJson : JsonSerializerContext;
