using Faultline.AbiModel;

namespace Faultline.AbiDiff.Coverage;

/// <summary>Removes properties that one of the sides does not know, from both.</summary>
internal static class Blanking
{
    public static AbiSpec Of(AbiSpec spec, AbiDetails unknown) => unknown == AbiDetails.None ? spec : spec with
    {
        Target = unknown.HasFlag(AbiDetails.Target) ? "" : spec.Target,
        Structs = spec.Structs.Select(record => Record(record, unknown)).ToEquatableArray(),
        Typedefs = spec.Typedefs.Select(typedef => unknown.HasFlag(AbiDetails.ArrayShape) ? typedef with { Type = ArrayShape.Of(typedef.Type) } : typedef).ToEquatableArray(),
        Constants = spec.Constants.Select(constant => Constant(constant, unknown)).ToEquatableArray(),
        Flags = spec.Flags.Select(group => Group(group, unknown)).ToEquatableArray(),
        Events = spec.Events.Select(group => Group(group, unknown)).ToEquatableArray(),
        Ioctls = spec.Ioctls.Select(ioctl => Ioctl(ioctl, unknown)).ToEquatableArray(),
    };

    private static StructSpec Record(StructSpec record, AbiDetails unknown) => record with
    {
        Align = unknown.HasFlag(AbiDetails.Alignment) ? 0 : record.Align,
        Packed = !unknown.HasFlag(AbiDetails.Packing) && record.Packed,
        Fields = record.Fields.Select(field => Field(field, unknown)).ToEquatableArray(),
    };

    private static FieldSpec Field(FieldSpec field, AbiDetails unknown) => field with
    {
        Type = unknown.HasFlag(AbiDetails.ArrayShape) ? ArrayShape.Of(field.Type) : field.Type,
        Inline = field.Inline is { } inline ? Record(inline, unknown) : null,
    };

    private static GroupSpec Group(GroupSpec group, AbiDetails unknown) =>
        group with { Members = group.Members.Select(member => Constant(member, unknown)).ToEquatableArray() };

    private static ConstantSpec Constant(ConstantSpec constant, AbiDetails unknown) =>
        unknown.HasFlag(AbiDetails.ConstantTypes) ? constant with { Type = TypeRef.Void, CType = "" } : constant;

    private static IoctlSpec Ioctl(IoctlSpec ioctl, AbiDetails unknown) =>
        unknown.HasFlag(AbiDetails.IoctlArguments) ? ioctl with { ArgumentType = TypeRef.Void, Argument = "" } : ioctl;
}
