using System.Text.Json;

namespace Faultline.AbiSources.Btf;

/// <summary>The types of one BTF blob, found by number and by name.</summary>
internal sealed class BtfTypes
{
    /// <summary>How many typedefs and qualifiers, arrays of arrays, or records in records are followed; more are a loop.</summary>
    public const int Deepest = 64;

    private readonly BtfType[] _types;
    private readonly ILookup<string, BtfType> _records;
    private readonly ILookup<string, BtfType> _enums;
    private readonly ILookup<string, BtfType> _typedefs;

    private BtfTypes(BtfType[] types)
    {
        _types = types;
        _records = types.Where(type => type.IsRecord && type.HasName).ToLookup(type => $"{type.Kind.ToLowerInvariant()} {type.Name}", StringComparer.Ordinal);
        _enums = types.Where(type => type.IsEnum && (type.HasName || type.Values.Count > 0))
            .ToLookup(type => type.HasName ? $"enum {type.Name}" : $"enum with {type.Values[0].Name}", StringComparer.Ordinal);
        _typedefs = types.Where(type => type.Kind == "TYPEDEF").ToLookup(type => type.Name, StringComparer.Ordinal);
    }

    /// <summary>Reads what bpftool printed.</summary>
    /// <exception cref="FormatException">The text is no such dump.</exception>
    public static BtfTypes Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var dump = JsonSerializer.Deserialize(json, BtfJson.Default.BtfDump)!;
            var types = new BtfType[dump.Types.Count + 1];
            types[0] = new() { Kind = "VOID", Name = "void" };
            foreach (var type in dump.Types)
                types[type.Id] = type;
            return Array.TrueForAll(types, type => type is not null) ? new(types) : throw new FormatException("two types of the BTF have the same number");
        }
        catch (Exception exception) when (exception is JsonException or IndexOutOfRangeException)
        {
            throw new FormatException($"not the types that 'bpftool -j btf dump file X format raw' prints: {exception.Message}", exception);
        }
    }

    /// <exception cref="FormatException">The BTF refers to a type it does not hold.</exception>
    public BtfType this[int id] => id >= 0 && id < _types.Length ? _types[id] : throw new FormatException($"the BTF refers to type {id}, but holds {_types.Length - 1}");

    /// <summary>Every record of that name: <c>struct x</c> or <c>union x</c>. A kernel may hold several that differ.</summary>
    public IEnumerable<BtfType> Records(string id) => _records[id];

    /// <summary>Every enum of that name: <c>enum x</c>, or <c>enum with FIRST</c> for one without a name, by its first member.</summary>
    public IEnumerable<BtfType> Enums(string id) => _enums[id];

    /// <summary>Every typedef of that name.</summary>
    public IEnumerable<BtfType> Typedefs(string name) => _typedefs[name];

    /// <summary>The type behind typedefs and qualifiers, and the innermost typedef on the way, which alone may name a record.</summary>
    public (BtfType Type, string? Typedef) Resolve(int id)
    {
        string? name = null;
        for (var step = 0; step < Deepest; step++)
        {
            var type = this[id];
            if (type.Kind is not ("TYPEDEF" or "CONST" or "VOLATILE" or "RESTRICT" or "TYPE_TAG"))
                return (type, name);
            if (type.Kind == "TYPEDEF")
                name = type.Name;
            id = type.TypeId;
        }

        throw new FormatException($"the BTF's typedefs go in a circle at type {id}");
    }
}
