using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiConsumers.Matching;

/// <summary>What a name of the header stands for.</summary>
public enum HeaderNameKind
{
    Flag,
    Event,
    Ioctl,
    Constant,
    Enumerator,
    Struct,
}

/// <summary>One name that a consumer of the header can use.</summary>
/// <param name="Group">The prefix its group shares, <c>UFFD_FEATURE</c>, or empty.</param>
/// <param name="Value">Of anything but a struct, or a constant that is no integer.</param>
/// <param name="Bits">The width in which values are compared: a top bit that C sees as a sign is that bit all the same.</param>
public sealed record HeaderName(HeaderNameKind Kind, string Name, string Group, BigInteger? Value, int Bits)
{
    public StructSpec? Struct { get; init; }

    public bool SameValue(BigInteger value) => Value is { } own && ((own - value) & ((BigInteger.One << Bits) - 1)).IsZero;

    /// <summary>Whether the header makes it larger with every addition, and the value is one it had before: a last member, a count, a mask of all flags.</summary>
    public bool IsOutgrown(BigInteger value) => Value is { } own && value.Sign >= 0 && value < own
        && (IsMask ? (value & own) == value : Kind is HeaderNameKind.Enumerator or HeaderNameKind.Constant && Spelling.Words(Name).Any(Sentinels.Contains));

    private bool IsMask { get; init; }

    private static readonly string[] Sentinels = ["max", "last", "count", "cnt", "num", "nr", "end"];

    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {Name}";

    /// <summary>All names of a header, by kind and name. What it takes from other headers is not among them.</summary>
    public static IReadOnlyList<HeaderName> AllOf(AbiSpec spec) =>
    [
        .. spec.Flags.SelectMany(group => group.Members.Select(member => Macro(HeaderNameKind.Flag, member, group))),
        .. spec.Events.SelectMany(group => group.Members.Select(member => Macro(HeaderNameKind.Event, member, group))),
        .. spec.Ioctls.Select(ioctl => new HeaderName(HeaderNameKind.Ioctl, ioctl.Name, "", ioctl.Code, 32)),
        .. spec.Constants.Select(constant => Macro(HeaderNameKind.Constant, constant, null)),
        .. spec.Enums.Where(item => item.Origin.Length == 0).SelectMany(item => item.Members
            .Where(member => !spec.Ioctls.Any(ioctl => ioctl.Name == member.Name)).Select(member =>
            new HeaderName(HeaderNameKind.Enumerator, member.Name, CommonWords(item), member.Value, Math.Max(item.Type.ScalarSize, 4) * 8))),
        .. spec.Structs.Where(record => record.Origin.Length == 0 && record.Name.Length > 0).Select(record =>
            new HeaderName(HeaderNameKind.Struct, record.Name, "", null, 0) { Struct = record }),
    ];

    /// <summary>The words that all members of an enum begin with, <c>FZ_CMD</c> of <c>FZ_CMD_GET</c> and <c>FZ_CMD_SET</c>; or empty.</summary>
    private static string CommonWords(EnumSpec item)
    {
        if (item.Members.Count < 2)
            return "";
        var first = item.Members[0].Name;
        var length = item.Members.Min(member => member.Name.Zip(first).TakeWhile(pair => pair.First == pair.Second).Count());
        var end = length > 0 ? first.LastIndexOf('_', length - 1) : -1;
        return end > 0 && item.Members.All(member => member.Name.Length > end + 1) ? first[..end] : "";
    }

    private static HeaderName Macro(HeaderNameKind kind, ConstantSpec constant, GroupSpec? group) => new(
        kind, constant.Name, group?.Name ?? "", constant.Kind == ValueKind.Integer ? constant.Integer : null,
        Math.Max(Math.Max(constant.Type.ScalarSize, group?.Type.ScalarSize ?? 0), 4) * 8)
    {
        IsMask = kind == HeaderNameKind.Constant && constant.Expression.Contains('|', StringComparison.Ordinal),
    };
}
