namespace Faultline.AbiGenerator.Emit;

/// <summary>The names already given in one C# scope.</summary>
/// <param name="owner">What the scope belongs to, for messages.</param>
/// <param name="reserved">Names no member may have: that of the type around it and those every object has.</param>
internal sealed class NameScope(string owner, IEnumerable<string> reserved)
{
    /// <summary>Members of System.Object and System.ValueType, which a field of the same name would hide.</summary>
    public static readonly IReadOnlyList<string> ObjectMembers =
        ["Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize", "ReferenceEquals"];

    /// <summary>What generated code names without saying where it is.</summary>
    public static readonly IReadOnlyList<string> UsedByStructs =
        ["BitFields", "Unsafe", "StructLayout", "StructLayoutAttribute", "LayoutKind", "FieldOffset", "FieldOffsetAttribute", "InlineArray", "InlineArrayAttribute"];

    private readonly HashSet<string> _taken = new(reserved, StringComparer.Ordinal);

    public List<string[]> Collisions { get; } = [];

    /// <summary>The wanted name, or when it is taken the C name itself, or that with a number behind it.</summary>
    public string Give(string cName, string wanted)
    {
        if (_taken.Add(wanted))
            return wanted;
        var given = CSharpName.Verbatim(cName);
        for (var number = 2; !_taken.Add(given); number++)
            given = $"{cName}_{number}";
        Collisions.Add([cName, owner, wanted, given]);
        return given;
    }
}
