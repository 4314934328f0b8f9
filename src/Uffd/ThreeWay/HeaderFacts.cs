using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.Uffd.ThreeWay;

/// <summary>What the rules ask of the userfaultfd header.</summary>
internal static class HeaderFacts
{
    /// <summary>The flags that UFFDIO_API negotiates, by name.</summary>
    public static IReadOnlyList<ConstantSpec> Features(AbiSpec header) =>
        [.. header.Flags.Where(group => group.Field == "uffdio_api.features" || group.Name == "UFFD_FEATURE").SelectMany(group => group.Members)];

    public static bool HasFeature(AbiSpec header, string name) => Features(header).Any(feature => feature.Name == name);

    /// <summary>A mask of the header, as the unsigned word it is stored in; null when the header has none of that name.</summary>
    public static ulong? Mask(AbiSpec header, string name) =>
        header.Constants.FirstOrDefault(constant => constant.Name == name && constant.Kind == ValueKind.Integer) is { } mask
            ? (ulong)(mask.Integer & ulong.MaxValue) : null;

    /// <summary>The bit of an ioctl in the bitmaps of UFFDIO_API and UFFDIO_REGISTER; 0 when the header has no such ioctl.</summary>
    public static ulong Bit(AbiSpec header, string ioctl) =>
        header.Ioctls.FirstOrDefault(candidate => candidate.Name == ioctl) is { Number: < 64 } found ? 1UL << found.Number : 0;

    public static string Hex(ulong value) => "0x" + value.ToString("x", System.Globalization.CultureInfo.InvariantCulture);

    public static string Shift(BigInteger value) => value.IsPowerOfTwo ? $"1 << {(int)BigInteger.Log2(value)}" : Hex((ulong)(value & ulong.MaxValue));

    public static string Bytes(long size) => size == 1 ? "1 byte" : $"{size} bytes";
}
