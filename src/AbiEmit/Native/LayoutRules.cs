using Faultline.AbiModel;

namespace Faultline.AbiEmit.Native;

/// <summary>How a language lays out records on the model's machine, and what it calls their parts.</summary>
internal sealed record LayoutRules
{
    /// <summary>The alignment of 8-byte numbers, in bytes.</summary>
    public int WideAlign { get; init; } = 8;

    /// <summary>Whether a record can be packed.</summary>
    public bool Packs { get; init; }

    /// <summary>Whether the alignment of a record can be raised.</summary>
    public bool Aligns { get; init; }

    /// <summary>Whether a record that has a raised alignment may lie in a packed one.</summary>
    public bool PacksAligned { get; init; }

    /// <summary>The words of the language.</summary>
    public IReadOnlyList<string> Reserved { get; init; } = [];

    /// <summary>A C name as a type of the language.</summary>
    public Func<string, string> TypeName { get; init; } = Identifiers.Plain;

    /// <summary>A C name as a member.</summary>
    public Func<string, string> MemberName { get; init; } = Identifiers.Plain;

    /// <summary>What bytes without a member are called; empty when they need none.</summary>
    public string PaddingName { get; init; } = "_pad";

    /// <summary>Whether a machine aligns 8-byte numbers to 4 bytes in C.</summary>
    public static bool HasNarrowWords(string target) => target.Split('-')[0] is "i386" or "i486" or "i586" or "i686";

    /// <summary>Whether a machine has the highest byte of a number first, and the first bit-field at the high end.</summary>
    public static bool IsBigEndian(string target) => BigEndian.Contains(target.Split('-')[0]);

    private static readonly string[] BigEndian = ["s390x", "powerpc", "powerpc64", "mips", "mips64", "sparc", "sparc64", "m68k", "hppa"];

    /// <summary>The alignment of a number, or null when the language has no such type.</summary>
    public int? AlignOf(TypeRef element, AbiSpec spec) => element.Kind switch
    {
        TypeKind.Integer or TypeKind.Float when element.Name is not ("f16" or "f128" or "f80" or "f96" or "u128" or "s128") =>
            element.ScalarSize == 8 ? WideAlign : element.ScalarSize,
        TypeKind.Boolean => 1,
        TypeKind.Pointer => spec.PointerSize == 8 ? WideAlign : spec.PointerSize,
        TypeKind.Enum => spec.FindEnum(element) is { } item ? AlignOf(item.Type, spec) : null,
        _ => null,
    };
}
