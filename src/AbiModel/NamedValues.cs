using System.Globalization;
using System.Numerics;

namespace Faultline.AbiModel;

/// <summary>One enum.</summary>
public sealed record EnumSpec
{
    /// <summary>The tag, or the typedef's name, or empty for an enum nobody names.</summary>
    public string Name { get; init; } = "";

    /// <summary>False when only a typedef names the enum.</summary>
    public bool Tagged { get; init; } = true;

    /// <summary>The integer type the compiler stores it in.</summary>
    public TypeRef Type { get; init; } = TypeRef.Integer(4, signed: false);

    /// <summary>The members, in declaration order.</summary>
    public EquatableArray<EnumMemberSpec> Members { get; init; }

    /// <summary>The header that defines the enum when it is not the model's own, else empty.</summary>
    public string Origin { get; init; } = "";

    /// <summary><c>const</c>, <c>volatile</c> or both, where the typedef that alone names the enum says so; else empty.</summary>
    public string Qualifiers { get; init; } = "";

    public string Doc { get; init; } = "";

    /// <summary>The name a <see cref="TypeRef"/> uses for this enum; unique even for one without a name, by its first member.</summary>
    public string Id => Name.Length == 0 ? "enum with " + (Members.Count > 0 ? Members[0].Name : "nothing") : (Tagged ? "enum " : "typedef enum ") + Name;
}

/// <summary>One enumerator.</summary>
public sealed record EnumMemberSpec
{
    public string Name { get; init; } = "";

    public BigInteger Value { get; init; }

    /// <summary>Whether a macro of its name says its name, <c>#define X X</c>, so that a program finds it with <c>#ifdef</c>.</summary>
    public bool Defined { get; init; }

    public string Doc { get; init; } = "";
}

/// <summary>A typedef of something that has a name or a layout of its own.</summary>
public sealed record TypedefSpec
{
    public string Name { get; init; } = "";

    /// <summary>The aliased type as the header spells it.</summary>
    public string CType { get; init; } = "";

    public TypeRef Type { get; init; } = TypeRef.Void;

    /// <summary>
    /// The type without other typedefs where it is a pointer, a function, or qualified: <c>s32 (const u8 *) *</c>. Empty for
    /// anything else, and where nobody says.
    /// </summary>
    public string Full { get; init; } = "";

    /// <summary>The records without a name in the type, in the order in which <see cref="Full"/> has a <c>{...}</c> for each.</summary>
    public EquatableArray<StructSpec> Unnamed { get; init; }

    /// <summary>Bytes; 0 for a function type or an incomplete one.</summary>
    public long Size { get; init; }

    public string Doc { get; init; } = "";
}

/// <summary>What a constant's value is.</summary>
public enum ValueKind
{
    Integer,
    Float,
    String,
}

/// <summary>A macro with a constant value, as the compiler evaluates it.</summary>
public sealed record ConstantSpec
{
    public string Name { get; init; } = "";

    /// <summary>The C type of the macro's expression: <c>int</c> for <c>(1&lt;&lt;0)</c>.</summary>
    public string CType { get; init; } = "";

    public TypeRef Type { get; init; } = TypeRef.Void;

    public ValueKind Kind { get; init; }

    /// <summary>Decimal digits of an integer, the shortest exact form of a float, or a string's bytes as Latin-1 characters.</summary>
    public string Value { get; init; } = "";

    /// <summary>The macro's body as written, one blank between tokens.</summary>
    public string Expression { get; init; } = "";

    public string Doc { get; init; } = "";

    /// <summary>The value of an integer constant.</summary>
    /// <exception cref="FormatException">The constant is no integer.</exception>
    public BigInteger Integer => BigInteger.Parse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>The index of the only set bit, or null when the value is not a single bit.</summary>
    public int? Bit
    {
        get
        {
            if (Kind != ValueKind.Integer || Integer.Sign <= 0 || !Integer.IsPowerOfTwo)
                return null;
            var bit = 0;
            for (var rest = Integer; !rest.IsOne; rest >>= 1)
                bit++;
            return bit;
        }
    }
}

/// <summary>Macros that share a word: the flags of one field, or the events of one stream.</summary>
public sealed record GroupSpec
{
    /// <summary>What the members' names begin with, without the last underscore: <c>UFFD_FEATURE</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The integer that carries the members: the type of <see cref="Field"/>, else one wide enough for all of them.</summary>
    public TypeRef Type { get; init; } = TypeRef.Integer(4, signed: false);

    /// <summary>The field the members are stored in, for example <c>uffdio_api.features</c>, or empty when the header does not tell.</summary>
    public string Field { get; init; } = "";

    /// <summary>By value, then by name.</summary>
    public EquatableArray<ConstantSpec> Members { get; init; }

    /// <summary>All members' bits within <see cref="Type"/>. A top bit that C sees as a sign (<c>1 &lt;&lt; 31</c>) is that bit and no others.</summary>
    public BigInteger Mask => Members.Aggregate(BigInteger.Zero, (mask, member) => mask | member.Integer) & ((BigInteger.One << (Type.ScalarSize * 8)) - 1);
}
