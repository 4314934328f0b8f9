using Faultline.AbiModel;

namespace Faultline.AbiDiff.Coverage;

/// <summary>Removes properties that one of the sides does not know, from both.</summary>
internal sealed class Blanking
{
    /// <summary><c>char</c> on both sides.</summary>
    private const string Character = "u8";

    private readonly AbiDetails _unknown;

    /// <summary>How types are spelled that are <c>char</c>.</summary>
    private readonly HashSet<string> _characters = ["char"];

    private Blanking(AbiSpec spec, AbiDetails unknown)
    {
        _unknown = unknown;
        int known;
        do
        {
            known = _characters.Count;
            _characters.UnionWith(spec.Typedefs.Where(typedef => _characters.Contains(typedef.CType)).Select(typedef => typedef.Name));
        }
        while (_characters.Count > known);
    }

    public static AbiSpec Of(AbiSpec spec, AbiDetails unknown) =>
        unknown == AbiDetails.None ? spec : new Blanking(spec, unknown).Of(spec);

    private bool IsUnknown(AbiDetails detail) => _unknown.HasFlag(detail);

    private AbiSpec Of(AbiSpec spec) => spec with
    {
        Target = IsUnknown(AbiDetails.Target) ? "" : spec.Target,
        Structs = spec.Structs.Select(Record).ToEquatableArray(),
        Typedefs = spec.Typedefs.Select(typedef => typedef with
        {
            Type = Type(typedef.Type, typedef.CType), Full = IsUnknown(AbiDetails.Qualifiers) ? "" : typedef.Full,
        }).ToEquatableArray(),
        Constants = spec.Constants.Select(Constant).ToEquatableArray(),
        Flags = spec.Flags.Select(Group).ToEquatableArray(),
        Events = spec.Events.Select(Group).ToEquatableArray(),
        Ioctls = spec.Ioctls.Select(Ioctl).ToEquatableArray(),
    };

    private StructSpec Record(StructSpec record) => record with
    {
        Align = IsUnknown(AbiDetails.Alignment) ? 0 : record.Align,
        Packed = !IsUnknown(AbiDetails.Packing) && record.Packed,
        Qualifiers = IsUnknown(AbiDetails.Qualifiers) ? "" : record.Qualifiers,
        Fields = record.Fields.Select(Field).ToEquatableArray(),
    };

    private FieldSpec Field(FieldSpec field) => field with
    {
        Type = Type(field.Type, field.CType),
        Full = IsUnknown(AbiDetails.Qualifiers) ? "" : field.Full,
        Inline = field.Inline is { } inline ? Record(inline) : null,
        Unnamed = field.Unnamed.Select(Record).ToEquatableArray(),
    };

    private TypeRef Type(TypeRef type, string spelling)
    {
        var shaped = IsUnknown(AbiDetails.ArrayShape) ? ArrayShape.Of(type) : type;
        return IsUnknown(AbiDetails.CharacterSign) && _characters.Contains(spelling.Split('[')[0].Trim())
            ? shaped with { Name = Character }
            : shaped;
    }

    private GroupSpec Group(GroupSpec group) =>
        group with { Members = group.Members.Select(Constant).ToEquatableArray() };

    private ConstantSpec Constant(ConstantSpec constant) =>
        IsUnknown(AbiDetails.ConstantTypes) ? constant with { Type = TypeRef.Void, CType = "" } : constant;

    private IoctlSpec Ioctl(IoctlSpec ioctl) =>
        IsUnknown(AbiDetails.IoctlArguments) ? ioctl with { ArgumentType = TypeRef.Void, Argument = "" } : ioctl;
}
