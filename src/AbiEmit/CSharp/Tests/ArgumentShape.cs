using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp.Tests;

/// <summary>
/// Where an ioctl's argument holds the memory range it acts on and the mode bits that steer it. Offsets in bytes; null
/// when it has none.
/// </summary>
internal sealed record ArgumentShape(long? RangeStart, long? RangeLength, long? Mode, long ModeSize, BigInteger KnownModes)
{
    private static readonly string[] StartNames = ["start", "dst"];

    public static ArgumentShape Of(IoctlSpec ioctl, AbiSpec spec)
    {
        var none = new ArgumentShape(null, null, null, 0, 0);
        if (spec.FindStruct(ioctl.ArgumentType) is not { } record)
            return none;
        var shape = Range(record, 0) ?? none;
        foreach (var field in record.Fields)
        {
            if (shape.RangeStart is null && spec.FindStruct(field.Type) is { } inner && Range(inner, field.Offset) is { } range)
                shape = range;
        }
        if (record.Fields.FirstOrDefault(field => field.Name == "mode") is not { Type.Kind: TypeKind.Integer } mode)
            return shape;
        var known = spec.Flags.FirstOrDefault(group => group.Field == $"{record.Name}.mode")?.Mask ?? BigInteger.Zero;
        return shape with { Mode = mode.Offset, ModeSize = mode.Size, KnownModes = known };
    }

    /// <summary>A range is a start, or a destination, beside a length.</summary>
    private static ArgumentShape? Range(StructSpec record, long offset)
    {
        var start = record.Fields.FirstOrDefault(field => StartNames.Contains(field.Name));
        var length = record.Fields.FirstOrDefault(field => field.Name == "len");
        return start is null || length is null ? null : new(offset + start.Offset, offset + length.Offset, null, 0, 0);
    }
}
