using Faultline.AbiModel;

namespace Faultline.AbiDiff.Tests;

/// <summary>Builds small models in one line each.</summary>
internal static class Build
{
    public static readonly TypeRef U32 = TypeRef.Integer(4, signed: false);
    public static readonly TypeRef U64 = TypeRef.Integer(8, signed: false);
    public static readonly TypeRef S32 = TypeRef.Integer(4, signed: true);

    public static FieldSpec Field(string name, TypeRef type, long offset) =>
        new() { Name = name, CType = type.ToString(), Type = type, Offset = offset, Size = type.ScalarSize * type.Length };

    public static FieldSpec Bits(string name, long bit, int width) =>
        new() { Name = name, CType = "u32", Type = U32, Offset = bit / 8, Size = 4, BitOffset = bit, BitWidth = width };

    public static FieldSpec Inline(string name, StructSpec record, long offset = 0) =>
        new() { Name = name, CType = "struct {...}", Type = TypeRef.Inline, Offset = offset, Size = record.Size, Inline = record };

    public static FieldSpec Overlay(params FieldSpec[] members) =>
        Inline("", new() { Kind = RecordKind.Union, Size = 8, Align = 8, Fields = EquatableArray.Of(members) });

    public static StructSpec View(params FieldSpec[] fields) =>
        new() { Kind = RecordKind.Union, Size = 4, Align = 4, Fields = EquatableArray.Of(fields) };

    public static AbiSpec Struct(long size, int align, params FieldSpec[] fields) =>
        Records(new StructSpec { Name = "s", Size = size, Align = align, Fields = EquatableArray.Of(fields) });

    public static AbiSpec Union(long size, params FieldSpec[] fields) =>
        Records(new StructSpec { Name = "u", Kind = RecordKind.Union, Size = size, Align = 4, Fields = EquatableArray.Of(fields) });

    public static AbiSpec Records(params StructSpec[] records) => new() { Structs = EquatableArray.Of(records) };

    public static ConstantSpec Constant(string name, string value, TypeRef? type = null, string expression = "") =>
        new() { Name = name, CType = (type ?? U32).ToString(), Type = type ?? U32, Value = value, Expression = expression };

    public static AbiSpec Constants(params ConstantSpec[] constants) => new() { Constants = EquatableArray.Of(constants) };

    public static AbiSpec Flags(params ConstantSpec[] members) =>
        new() { Flags = EquatableArray.Of(new GroupSpec { Name = "X_FLAG", Members = EquatableArray.Of(members) }) };

    public static AbiSpec Events(params ConstantSpec[] members) =>
        new() { Events = EquatableArray.Of(new GroupSpec { Name = "X_EVENT", Members = EquatableArray.Of(members) }) };

    public static AbiSpec Lost(string name, string kind = "function-like", string body = "", string samples = "") => new()
    {
        Unresolved = EquatableArray.Of(new UnresolvedSpec
        {
            Name = name, Kind = kind, Reason = "why", Body = body,
            Samples = MacroSample.TryParse(samples, out var read) ? read : throw new FormatException(samples),
        }),
    };

    public static AbiSpec Enum(TypeRef type, params (string Name, int Value)[] members) => Enums(Members("e", type, members));

    public static AbiSpec Nameless(params (string Name, int Value)[][] enums) =>
        Enums([.. enums.Select(members => Members("", U32, members))]);

    public static AbiSpec Enums(params EnumSpec[] enums) => new() { Enums = EquatableArray.Of(enums) };

    public static EnumSpec Members(string name, TypeRef type, (string Name, int Value)[] members) =>
        new() { Name = name, Type = type, Members = members.Select(m => new EnumMemberSpec { Name = m.Name, Value = m.Value })
            .ToEquatableArray() };

    public static AbiSpec Typedef(TypeRef type) =>
        new() { Typedefs = EquatableArray.Of(new TypedefSpec { Name = "t", CType = type.ToString(), Type = type,
        Size = type.ScalarSize }) };

    public static AbiSpec Ioctl(
        string name, int number = 1, int size = 8, IoctlDirection direction = IoctlDirection.Read, string argument = "struct a",
            uint? code = null,
        int magic = 0xAA) => new()
    {
        Ioctls = EquatableArray.Of(new IoctlSpec
        {
            Name = name,
            Number = number,
            Type = magic,
            Size = size,
            Direction = direction,
            Argument = argument,
            ArgumentType = new(TypeKind.Record, argument, default),
            Code = code ?? ((uint)direction << 30) | ((uint)size << 16) | ((uint)magic << 8) | (uint)number,
        }),
    };
}
