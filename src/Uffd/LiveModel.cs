using System.Globalization;
using Faultline.AbiModel;

namespace Faultline.Uffd;

/// <summary>A running kernel's answers as a model: its numbers under the names that another model has for them.</summary>
public static class LiveModel
{
    private const string Features = "UFFD_FEATURE";

    /// <summary>Whether the model is of the header that these answers are about.</summary>
    public static bool IsUserfaultfd(AbiSpec names) => names.Ioctls.Any(ioctl => ioctl.Name == "UFFDIO_API");

    /// <summary>Adds the answers to a model of the kernel's types, under the names of <paramref name="names"/>.</summary>
    public static AbiSpec AddTo(AbiSpec spec, LiveAnswers live, AbiSpec names) => AbiOrder.Sorted(spec with
    {
        Flags = names.Flags.Where(group => group.Name == Features).Select(group => Offered(group, live.Features)).ToEquatableArray(),
        Constants = names.Constants.Select(constant => (Constant: constant, Answer: Mask(constant.Name, live)))
            .Where(pair => pair.Answer is not null)
            .Select(pair => pair.Constant with { Value = pair.Answer!.Value.ToString(CultureInfo.InvariantCulture) }).ToEquatableArray(),
        Ioctls = Ioctls(live, names).ToEquatableArray(),
    });

    /// <summary>What a model of a running kernel can speak for.</summary>
    /// <param name="records">The kernel's types are known.</param>
    /// <param name="answers">The kernel was asked through userfaultfd.</param>
    /// <param name="unknown">What the source of the types does not tell of them.</param>
    /// <param name="because">Why the types are not known.</param>
    public static AbiCoverage Coverage(bool records, bool answers, AbiDetails unknown, string because)
    {
        var reach = records ? Reach.Named : Reach.None;
        return new()
        {
            Records = reach,
            Enums = reach,
            Typedefs = reach,
            Macros = answers ? Reach.Named : Reach.None,
            AllOf = EquatableArray.Of(Features + "_"),
            Ioctls = answers ? Reach.Whole : Reach.None,
            Unknown = unknown | AbiDetails.ConstantTypes | AbiDetails.IoctlArguments,
            Because = because.Length > 0 ? because : "a running kernel answers what it is asked, and its BTF holds the types that its code uses",
        };
    }

    private static GroupSpec Offered(GroupSpec group, ulong features)
    {
        var named = group.Members.Where(member => (features & Word(member)) == Word(member)).ToList();
        var rest = named.Aggregate(features, (left, member) => left & ~Word(member));
        var nameless = Enumerable.Range(0, 64).Where(bit => (rest >> bit & 1) != 0).Select(bit => new ConstantSpec
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{Features}_bit_{bit}"),
            Type = TypeRef.Integer(8, signed: false),
            Value = (1UL << bit).ToString(CultureInfo.InvariantCulture),
        });
        return group with { Members = named.Concat(nameless).ToEquatableArray() };
    }

    private static ulong Word(ConstantSpec constant) => (ulong)(constant.Integer & ulong.MaxValue);

    /// <summary>The masks of the header that the kernel answers as a whole.</summary>
    private static ulong? Mask(string name, LiveAnswers live) => name switch
    {
        "UFFD_API_FEATURES" => live.Features,
        "UFFD_API_IOCTLS" => live.Ioctls,
        "UFFD_API_REGISTER_MODES" => live.RegisterModes,
        "UFFD_API_RANGE_IOCTLS" => RangeIoctls(live, range => range.Memory != "hugetlb"),
        "UFFD_API_RANGE_IOCTLS_BASIC" when !live.Unmapped.Contains("hugetlb") => RangeIoctls(live, range => range.Memory == "hugetlb"),
        _ => null,
    };

    private static ulong RangeIoctls(LiveAnswers live, Func<LiveRange, bool> which) =>
        live.Ranges.Where(which).Aggregate(0UL, (all, range) => all | range.Ioctls);

    private static IEnumerable<IoctlSpec> Ioctls(LiveAnswers live, AbiSpec names)
    {
        var known = live.Requests.Concat(live.DeviceRequests).ToList();
        foreach (var code in known)
        {
            var named = names.Ioctls.FirstOrDefault(ioctl => ioctl.Code == code)
                ?? names.Ioctls.FirstOrDefault(ioctl => (ioctl.Code & 0xffff) == (code & 0xffff) && ioctl.Size > 0 && !known.Contains(ioctl.Code));
            yield return Ioctl(code, named?.Name ?? string.Create(CultureInfo.InvariantCulture, $"request_0x{code:x8}"));
        }

        // A device that may not be opened says nothing about its request.
        foreach (var unasked in names.Ioctls.Where(ioctl => ioctl.Direction == IoctlDirection.None && live.DeviceErrno.Length > 0))
            yield return unasked;
    }

    /// <summary>A request taken apart as asm-generic/ioctl.h puts it together.</summary>
    private static IoctlSpec Ioctl(uint code, string name) => new()
    {
        Name = name,
        Direction = ((code >> 30 & 2) != 0 ? IoctlDirection.Read : 0) | ((code >> 30 & 1) != 0 ? IoctlDirection.Write : 0),
        Type = (int)(code >> 8 & 0xff),
        Number = (int)(code & 0xff),
        Size = (int)(code >> 16 & 0x3fff),
        Code = code,
    };
}
