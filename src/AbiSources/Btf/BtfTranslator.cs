using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiSources.Btf;

/// <summary>Turns the BTF of the wanted types, and of the types that these hold, into the lists of a model.</summary>
internal sealed class BtfTranslator(BtfTypes types, int pointerSize)
{
    private const string Typedef = "typedef ", TypedefEnum = "typedef enum ";

    private readonly BtfLayout _layout = new(types, pointerSize);
    private readonly Dictionary<string, StructSpec> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnumSpec> _enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypedefSpec> _typedefs = new(StringComparer.Ordinal);
    private readonly List<UnresolvedSpec> _unresolved = [];

    public AbiSpec AddTo(AbiSpec spec, WantedTypes wanted)
    {
        foreach (var id in wanted.Records)
            Wanted(id, id.StartsWith(Typedef, StringComparison.Ordinal) ? types.Typedefs(id[Typedef.Length..]) : types.Records(id));
        foreach (var id in wanted.Enums)
            Wanted(id, id.StartsWith(TypedefEnum, StringComparison.Ordinal) ? types.Typedefs(id[TypedefEnum.Length..]) : types.Enums(id));
        foreach (var name in wanted.Typedefs)
        {
            if (Only(name, types.Typedefs(name)) is { } type)
                AddTypedef(type);
        }

        return AbiOrder.Sorted(spec with
        {
            PointerSize = pointerSize,
            Structs = _records.Values.ToEquatableArray(),
            Enums = _enums.Values.ToEquatableArray(),
            Typedefs = _typedefs.Values.ToEquatableArray(),
            Unresolved = _unresolved.ToEquatableArray(),
        });
    }

    private void Wanted(string id, IEnumerable<BtfType> candidates)
    {
        if (Only(id, candidates) is not { } type)
            return;
        Read(type.Id);
        // Nothing refers to an enum without a name, so reading its type alone would not keep it.
        if (type is { IsEnum: true, HasName: false })
            AddEnum(type, new() { Name = "" });
    }

    /// <summary>A kernel may hold several types of one name; programs can only mean one, and BTF does not tell which.</summary>
    private BtfType? Only(string name, IEnumerable<BtfType> candidates)
    {
        var found = candidates.Take(2).ToList();
        if (found.Count > 1)
            _unresolved.Add(new() { Name = name, Kind = "declaration", Reason = "the BTF holds several types of this name; the first one was taken" });
        return found.FirstOrDefault();
    }

    private void AddTypedef(BtfType type)
    {
        var reference = Read(type.TypeId);
        if (reference is { IsArray: false } && (reference.Name == Typedef + type.Name || reference.Name == TypedefEnum + type.Name))
            return; // the record or enum carries this name itself
        if (types.Resolve(type.Id) is { Type: { HasName: false } inner, Typedef: { } carrier } && carrier == type.Name && (inner.IsRecord || inner.IsEnum))
        {
            Read(type.Id);
            return;
        }

        _typedefs.TryAdd(type.Name, new()
        {
            Name = type.Name,
            CType = BtfSpelling.Of(types, type.TypeId),
            Type = reference,
            Size = reference.IsFlexible || reference.Kind == TypeKind.Void ? 0 : _layout.SizeOf(type.TypeId),
        });
    }

    /// <summary>A type reduced to what decides layout; the records and enums it names are read too.</summary>
    private TypeRef Read(int id)
    {
        var (type, typedef) = types.Resolve(id);
        return type.Kind switch
        {
            "INT" when type.Encoding == "BOOL" => TypeRef.Boolean,
            "INT" => TypeRef.Integer((int)type.Size, type.Encoding == "SIGNED"),
            "FLOAT" when type.Size is 4 or 8 => new(TypeKind.Float, $"f{type.Size * 8}", default),
            "FLOAT" => new(TypeKind.Opaque, $"opaque{type.Size}", default),
            "PTR" => TypeRef.Pointer,
            "ARRAY" => Array(type),
            "STRUCT" or "UNION" => Record(type, typedef),
            "ENUM" or "ENUM64" => Enum(type, typedef),
            "FWD" when type.HasName => new(TypeKind.Record, "struct " + type.Name, default),
            _ => TypeRef.Void,
        };
    }

    private TypeRef Array(BtfType array)
    {
        _layout.SizeOf(array.Id); // refuses an array of itself
        var element = Read(array.TypeId);
        return element with { Dimensions = element.Dimensions.Prepend(array.NrElems == 0 ? TypeRef.Flexible : array.NrElems).ToEquatableArray() };
    }

    private TypeRef Record(BtfType type, string? typedef)
    {
        if (!type.HasName && typedef is null)
            return TypeRef.Inline;
        var spec = new StructSpec { Name = type.HasName ? type.Name : typedef!, Tagged = type.HasName, Kind = KindOf(type) };
        if (_records.TryAdd(spec.Id, spec)) // before its fields, which may need it again
            _records[spec.Id] = Layout(type, spec);
        return new(TypeKind.Record, spec.Id, default);
    }

    private static RecordKind KindOf(BtfType type) => type.Kind == "UNION" ? RecordKind.Union : RecordKind.Struct;

    private StructSpec Layout(BtfType type, StructSpec spec)
    {
        _layout.NaturalAlignOf(type.Id); // refuses a record that holds itself
        var packed = _layout.IsPacked(type);
        return spec with
        {
            Size = type.Size,
            Align = packed ? 1 : _layout.NaturalAlignOf(type.Id),
            Packed = packed,
            Fields = type.Members.Select(Field).ToEquatableArray(),
        };
    }

    private FieldSpec Field(BtfMember member)
    {
        var type = Read(member.TypeId);
        var field = new FieldSpec
        {
            Name = member.Name == BtfType.NoName ? "" : member.Name,
            CType = BtfSpelling.Of(types, member.TypeId),
            Type = type,
            Offset = member.BitsOffset / 8,
            Size = type.IsFlexible ? 0 : _layout.SizeOf(member.TypeId),
        };
        if (WidthOf(member) is { } width)
            field = field with { BitOffset = member.BitsOffset, BitWidth = width };
        return type.Kind == TypeKind.Inline ? field with { Inline = Inline(member.TypeId) } : field;
    }

    /// <summary>Encoders before 2018 gave a bit-field an integer type of as many bits.</summary>
    private int? WidthOf(BtfMember member)
    {
        if (member.BitfieldSize > 0)
            return member.BitfieldSize;
        var (type, _) = types.Resolve(member.TypeId);
        return type.Kind == "INT" && type.NrBits > 0 && type.NrBits != type.Size * 8 ? type.NrBits : null;
    }

    private StructSpec Inline(int id)
    {
        var (type, _) = types.Resolve(id);
        while (type.Kind == "ARRAY")
            (type, _) = types.Resolve(type.TypeId);
        return Layout(type, new() { Kind = KindOf(type) });
    }

    private TypeRef Enum(BtfType type, string? typedef)
    {
        if (!type.HasName && typedef is null)
            return Storage(type);
        var spec = AddEnum(type, new() { Name = type.HasName ? type.Name : typedef!, Tagged = type.HasName });
        return new(TypeKind.Enum, spec.Id, default);
    }

    private EnumSpec AddEnum(BtfType type, EnumSpec named)
    {
        var spec = named with
        {
            Type = Storage(type),
            Members = type.Values.Select(value => new EnumMemberSpec { Name = value.Name, Value = new BigInteger(value.Val) }).ToEquatableArray(),
        };
        _enums.TryAdd(spec.Id, spec);
        return spec;
    }

    private static TypeRef Storage(BtfType type) =>
        TypeRef.Integer((int)type.Size, type.Encoding == "SIGNED" || type.Values.Any(value => value.Val < 0));
}
