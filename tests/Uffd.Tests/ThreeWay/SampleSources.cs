using Faultline.AbiDiff.Tests;
using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.Uffd.Tests.ThreeWay;

/// <summary>A header of this repository, and the other two sources as a kernel that keeps to it has them.</summary>
internal static class SampleSources
{
    private static readonly string[] Memories = ["anon", "shmem", "hugetlb"];

    private static readonly string[][] Modes = [["missing"], ["wp"], ["minor"], ["missing", "wp"], ["missing", "minor"], ["wp", "minor"], ["missing", "wp", "minor"]];

    public static AbiSpec Header(string variant) => Repository.Variant(variant);

    /// <summary>What BTF has of it: no macros, no attributes.</summary>
    public static AbiSpec Code(AbiSpec header) => new()
    {
        Header = header.Header,
        Structs = header.Structs.Select(record => record with { Align = 8, Packed = false }).ToEquatableArray(),
    };

    /// <summary>The answers of a kernel with every feature and option of the header, as <c>userfaultfd_register</c> gives them.</summary>
    public static LiveAnswers Live(AbiSpec header) => new()
    {
        Features = Mask(header, "UFFD_API_FEATURES"),
        Ioctls = Mask(header, "UFFD_API_IOCTLS"),
        Requests = header.Ioctls.Where(ioctl => ioctl.Size > 0).Select(ioctl => ioctl.Code).Order().ToEquatableArray(),
        DeviceRequests = header.Ioctls.Where(ioctl => ioctl.Size == 0).Select(ioctl => ioctl.Code).ToEquatableArray(),
        MessageSize = 32,
        RegisterModes = 7,
        Ranges = Memories.SelectMany(memory => Modes.Select(modes => Range(header, memory, modes))).ToEquatableArray(),
    };

    private static LiveRange Range(AbiSpec header, string memory, string[] modes)
    {
        const ulong writeProtect = 1 << 6, continues = 1 << 7;
        if (memory == "anon" && modes.Contains("minor"))
            return new(memory, modes.ToEquatableArray(), "EINVAL", 0);
        var ioctls = Mask(header, memory == "hugetlb" ? "UFFD_API_RANGE_IOCTLS_BASIC" : "UFFD_API_RANGE_IOCTLS");
        if (!modes.Contains("wp"))
            ioctls &= ~writeProtect;
        if (!modes.Contains("minor"))
            ioctls &= ~continues;
        return new(memory, modes.ToEquatableArray(), "", ioctls);
    }

    private static ulong Mask(AbiSpec header, string name) => (ulong)(header.Constants.Single(constant => constant.Name == name).Integer & new BigInteger(ulong.MaxValue));
}
