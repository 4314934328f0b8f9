using System.Globalization;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>How one C record becomes a C# struct: anonymous members promoted, arrays and unnamed records as nested types.</summary>
/// <remarks>
/// The name map has all names of a record, each by a key: a member by its C name, and by <c>x {}</c>, <c>x[]</c> and
/// <c>offsetof x</c> the type of a record without a tag, the type of an array or the method that gives its elements, and the constant
/// of the place, of a member <c>x</c>.
/// </remarks>
internal sealed class StructPlan
{
    private readonly EmittableModel _model;
    private readonly NamePlan _names;
    private readonly NameScope _scope;

    /// <param name="path">The struct's C# name, with those of the structs around it and dots in front.</param>
    private StructPlan(EmittableModel model, NamePlan names, string path, string cName, StructSpec record)
    {
        (_model, _names, Path, CName, Record) = (model, names, path, cName, record);
        Name = path.Substring(path.LastIndexOf('.') + 1);
        _scope = new(path, cName, NameScope.ObjectMembers.Concat(NameScope.UsedByStructs).Append(Name), names.Kept(path));
        Add(record, 0);
    }

    private string Path { get; }

    public string Name { get; }

    /// <summary>The type's name from anywhere.</summary>
    public string FullName => $"global::{_model.Namespace}.{Path}";

    public string CName { get; }

    public StructSpec Record { get; }

    public List<PlannedField> Fields { get; } = [];

    /// <summary>
    /// The members are references into plain bytes instead of fields. The runtime sorts the fields of a struct of up to
    /// 16 bytes, nested and overlapping ones all counted, into a table of 16 entries to pass it in registers as the
    /// System V ABI demands, and more of them overrun that table.
    /// </summary>
    public bool Overlaid => Record.Size <= 16 && Scalars(Record, 0) > 16;

    public List<PlannedBits> Bits { get; } = [];

    public List<PlannedArray> Arrays { get; } = [];

    public List<PlannedPlace> Places { get; } = [];

    public List<StructPlan> Nested { get; } = [];

    /// <summary>Members that did not get the name they would have alone.</summary>
    public IEnumerable<NameClash> Clashes => _scope.Clashes.Concat(Nested.SelectMany(nested => nested.Clashes));

    /// <summary>Every name in this struct, without those in nested ones, for the name map.</summary>
    public IEnumerable<GivenName> Names => _scope.Given.Select(name => new GivenName(Path, name.Key, name.CSharp));

    /// <summary>This plan and those of all types nested in it.</summary>
    public IEnumerable<StructPlan> WithNested => Nested.SelectMany(nested => nested.WithNested).Prepend(this);

    /// <summary>Bytes of the largest record that becomes a C# struct: the runtime loads no larger inline array.</summary>
    public const long LargestSize = 1 << 20;

    /// <summary>Whether the record can be a C# struct: none is empty, and none too large for the runtime.</summary>
    public static bool HasForm(StructSpec record) => record.Size is > 0 and <= LargestSize;

    /// <summary>The plan of a named record, or null when it has no C# form.</summary>
    public static StructPlan? For(EmittableModel model, NamePlan names, StructSpec record) =>
        HasForm(record) && names.Type(record.Id) is { } name
        ? new(model, names, name, record.Name, record)
        : null;

    /// <summary>
    /// The scalars of a record, or any number beyond 16 when there are more, or when records nest so deeply that
    /// counting has no end in sight.
    /// </summary>
    private long Scalars(StructSpec record, int depth)
    {
        long count = depth > 20 ? 17 : 0;
        for (var i = 0; i < record.Fields.Count && count <= 16; i++)
        {
            if (record.Fields[i].BitWidth is null)
                count += Math.Min(Scalars(record.Fields[i], depth + 1), 17);
        }
        return count;
    }

    private long Scalars(FieldSpec field, int depth)
    {
        var inside = field.Inline ?? _model.Spec.FindStruct(field.Type);
        if (inside is not null)
            return field.Type.Length == 0 ? 0 : Math.Min(field.Type.Length, 17) * Scalars(inside, depth);
        return field.Type.Kind == TypeKind.Opaque ? field.Size : field.Type.Length;
    }

    private void Add(StructSpec record, long start)
    {
        foreach (var field in record.Fields)
        {
            if (field.BitWidth is { } width)
                AddBits(field, start * 8, width);
            else if (field.Name.Length == 0)
                Add(field.Inline ?? new(), start + field.Offset); // C finds the members of an anonymous member in the record around it
            else
                AddField(field, start + field.Offset);
        }
    }

    private void AddBits(FieldSpec field, long startBit, int width)
    {
        if (field.Name.Length == 0 || width is 0 or > 64)
            return; // padding, or wider than any integer that C# could give
        var name = _scope.Give(field.Name, CSharpName.Pascal(field.Name));
        var type = CSharpType.Of(field.Type, _model, _names) ?? "ulong";
        Bits.Add(new(name, type, field.Type.IsSigned, startBit + field.BitOffset!.Value, width, field.Name, field.Doc));
    }

    private void AddField(FieldSpec field, long offset)
    {
        var name = _scope.Give(field.Name, CSharpName.Pascal(field.Name));
        if (field.Size == 0)
        {
            AddPlace(field, name.TrimStart('@'), field.Name, offset);
            return;
        }
        var element = field.Inline is { } inline ? NestedType(name, field, inline) : CSharpType.OfElement(field, _model, _names);
        var type = element is null ? Array(name, field.Name, "byte", field.Size)
            : field.Type.IsArray ? Array(name, field.Name, element, field.Type.Length)
            : element;
        Fields.Add(new(name, type, offset, field.Size, field.Name, field.Doc));
    }

    /// <summary>A member without bytes, and those of the record written in it: a union of arrays without a fixed length.</summary>
    /// <param name="name">In C#; that of a member of such a record begins with the record's.</param>
    /// <param name="path">In C, from the C# struct on.</param>
    private void AddPlace(FieldSpec field, string name, string path, long offset)
    {
        if (field.Name.Length > 0)
        {
            var element = field.Type.IsArray && field.Inline is null ? CSharpType.OfElement(field, _model, _names) ?? "byte" : "";
            var offsetName = _scope.Give("offsetof " + path, path + "_offset", name + "Offset");
            var spanName = element.Length > 0 ? _scope.Give(path + "[]", path + "_of", name + "Of") : "";
            Places.Add(new(offsetName, offset, path, field.Doc, spanName, element));
        }
        if (field.Inline is not { } inline || field.Type.Length == 0)
            return;
        var inside = field.Name.Length == 0 ? path : path + string.Concat(field.Type.Dimensions.Select(_ => "[0]")) + ".";
        foreach (var member in inline.Fields.Where(member => member.BitWidth is null))
        {
            AddPlace(member, member.Name.Length == 0 ? name : name + CSharpName.Pascal(member.Name),
                inside + member.Name, offset + member.Offset);
        }
    }

    private string? NestedType(string fieldName, FieldSpec field, StructSpec inline)
    {
        if (inline.Size == 0)
            return null;
        var name = _scope.Give(field.Name + " {}", field.Name,
            fieldName.TrimStart('@') + (inline.Kind == RecordKind.Union ? "Union" : "Struct"));
        Nested.Add(new(_model, _names, $"{Path}.{name}", $"{CName}.{field.Name}", inline));
        return name;
    }

    private string Array(string fieldName, string cName, string element, long length)
    {
        var name = _scope.Give(cName + "[]", fieldName.TrimStart('@') + "_array", fieldName.TrimStart('@') + "Array");
        Arrays.Add(new(name, element, length));
        return name;
    }

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
