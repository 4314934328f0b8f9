using System.Globalization;
using Faultline.AbiEmit.CSharp;
using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Syzlang;

/// <summary>The syzlang types that C types become.</summary>
internal sealed class SyzTypes
{
    /// <summary>Types of the language and of syzkaller's own descriptions, and words that begin a line.</summary>
    private static readonly string[] TakenTypes =
        ("opt in out inout int8 int16 int32 int64 int16be int32be int64be intptr bool8 bool16 bool32 bool64 boolptr ptr ptr64 "
            + "void array len bytesize bytesize2 bytesize4 bytesize8 bitsize offsetof const flags vma vma64 "
            + "csum proc text string stringnoz glob fmt "
            + "compressed_image fileoff filename buffer optional type meta include incdir define resource fd pid uid gid sock").Split(' ');

    private static readonly string[] TakenMembers = ["parent", "syscall", "include", "incdir", "define", "resource"];

    private readonly AbiSpec _spec;
    private readonly ByteOrders _orders;
    private readonly Dictionary<string, SyzFlags> _flagsOfField = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SyzFlags> _flagsOfEnum = new(StringComparer.Ordinal);

    public SyzTypes(AbiSpec spec)
    {
        (_spec, _orders) = (spec, new(spec));
        Names = new(TakenTypes);
        Shapes = new(spec, Rules(spec), Names);
        foreach (var group in spec.Flags.Concat(spec.Events).Where(group => group.Field.Length > 0))
            _flagsOfField[group.Field] = new(Names.Give(Identifiers.Plain(group.Name).ToLowerInvariant() + "_flags"),
                [.. Plain(group.Members.Select(member => member.Name))]);
        foreach (var item in spec.Enums.Where(item => item.Members.Select(member => member.Value).Distinct().Count() > 1))
        {
            var name = Identifiers.Plain(item.Name.Length > 0 ? item.Name : "enum_" + item.Members[0].Name);
            _flagsOfEnum[item.Id] = new(Names.Give(name + "_values"), [.. Plain(item.Members.Select(member => member.Name))]);
        }
    }

    public Identifiers Names { get; }

    public Shapes Shapes { get; }

    private static LayoutRules Rules(AbiSpec spec) => new()
    {
        WideAlign = LayoutRules.HasNarrowWords(spec.Target) ? 4 : 8,
        Packs = true,
        PacksAligned = true,
        Aligns = true,
        Reserved = TakenMembers,
        PaddingName = "pad",
    };

    /// <summary>Constants go by their C names, so that one which syzlang does not take as a name has no other.</summary>
    private static IEnumerable<string> Plain(IEnumerable<string> names) => names.Where(name => Identifiers.Plain(name) == name);

    /// <summary>The values of a member, when the header tells.</summary>
    public SyzFlags? FlagsOf(Shape shape, FieldSpec field) =>
        field.Type.Kind == TypeKind.Integer && _flagsOfField.TryGetValue($"{shape.CName}.{field.Name}", out var named) ? named
            : field.Type.Kind == TypeKind.Enum && _flagsOfEnum.TryGetValue(field.Type.Name, out var values) ? values : null;

    /// <summary>The type of a member.</summary>
    public string Of(Shape shape, Slot slot)
    {
        if (slot.Field is not { } field || slot.Kind == SlotKind.Bytes)
            return Bytes(slot.Size, slot.Offset, shape.Packed);
        var integer = InOrder(Integer(field.Type) ?? "int8", field.CType, field.Type);
        var element = slot.Inner?.Name ?? (FlagsOf(shape, field) is { } flags ? $"flags[{flags.Name}, {integer}]"
            : InOrder(Of(field.Type), field.CType, field.Type));
        return Arrays(element, field.Type);
    }

    /// <summary>What a request points to; null when syzlang has no type of that size.</summary>
    /// <param name="cType">How the request spells it, which tells the order of its bytes.</param>
    public string? OfArgument(TypeRef type, string cType) => type.IsRecord || type.Kind == TypeKind.Pointer || Integer(type) is not null
        ? Arrays(InOrder(Of(type.Element), cType, type), type) : null;

    /// <summary>A type's name in syzlang with the byte order that its spelling in C tells.</summary>
    private string InOrder(string name, string cType, TypeRef type) =>
        _orders.Of(cType, type)?.StartsWith("Big", StringComparison.Ordinal) == true ? name + "be" : name;

    /// <summary>Any type without its dimensions.</summary>
    public string Of(TypeRef type) => type.Kind switch
    {
        TypeKind.Record when _spec.FindStruct(type) is { } record => Shapes.NameOf(record.Id),
        TypeKind.Pointer => "ptr[in, array[int8]]",
        _ => Integer(type) ?? "int8",
    };

    private string? Integer(TypeRef type) => type.Kind switch
    {
        TypeKind.Integer or TypeKind.Float when type.ScalarSize <= 8 => "int" + Text(type.ScalarSize * 8),
        TypeKind.Boolean => "bool8",
        TypeKind.Enum when _spec.FindEnum(type) is { } item => Integer(item.Type),
        _ => null,
    };

    public static string Arrays(string element, TypeRef type) => type.Dimensions.Reverse().Aggregate(element, (inner, dimension) =>
        dimension > 0 ? $"array[{inner}, {Text(dimension)}]" : $"array[{inner}]");

    /// <summary>Bytes that mean nothing.</summary>
    public static string Padding(Slot slot, bool packed) =>
        slot.Size is 1 or 2 or 4 or 8 && (packed || slot.Offset % slot.Size == 0 && slot.Size < 8)
            ? $"const[0, int{Text(slot.Size * 8)}]"
            : $"array[const[0, int8], {Text(slot.Size)}]";

    private static string Bytes(long size, long offset, bool packed) =>
        size is 1 or 2 or 4 && (packed || offset % size == 0) ? "int" + Text(size * 8) : $"array[int8, {Text(size)}]";

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
