using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>
/// Tells which integers of a header have their own byte order: those spelled <c>__be32</c> and the like, directly
/// or through a typedef.
/// </summary>
internal sealed class ByteOrders
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["__be16"] = "BigEndian16",
        ["__be32"] = "BigEndian32",
        ["__be64"] = "BigEndian64",
        ["__le16"] = "LittleEndian16",
        ["__le32"] = "LittleEndian32",
        ["__le64"] = "LittleEndian64",
    };

    private readonly Dictionary<string, string> _typedefs = new(StringComparer.Ordinal);

    public ByteOrders(AbiSpec spec)
    {
        foreach (var typedef in spec.Typedefs.Where(typedef => typedef.Type is { Kind: TypeKind.Integer, IsArray: false, IsSigned: false }))
            _typedefs[typedef.Name] = typedef.CType;
    }

    /// <summary>The C# types of integers with a byte order.</summary>
    public static IEnumerable<string> All => Types.Values;

    /// <summary>
    /// The C# type of the integer, or of one element of the array, in its own byte order; null when it has that of the
    /// machine.
    /// </summary>
    public string? Of(string cType, TypeRef type)
    {
        if (type is not { Kind: TypeKind.Integer, IsSigned: false, ScalarSize: 2 or 4 or 8 })
            return null;
        var name = Element(cType);
        for (var steps = 0; steps < 16; steps++)
        {
            if (Types.TryGetValue(name, out var csharp))
                return csharp;
            if (!_typedefs.TryGetValue(name, out var next))
                return null;
            name = Element(next);
        }
        return null;
    }

    /// <summary>Whether a field of the header has one.</summary>
    public bool AreIn(IEnumerable<StructSpec> records) => records.Any(record => record.Fields.Any(field =>
        field.Inline is { } inline ? AreIn([inline]) : Of(field.CType, field.Type) is not null));

    private static string Element(string cType)
    {
        var bracket = cType.IndexOf('[');
        var name = (bracket < 0 ? cType : cType.Substring(0, bracket)).Trim();
        var blank = name.LastIndexOf(' ');
        return blank < 0 ? name : name.Substring(blank + 1); // const and volatile stand before it
    }
}
