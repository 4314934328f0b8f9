using Faultline.AbiConsumers.Languages;
using Faultline.AbiConsumers.Matching;
using Faultline.AbiModel;

namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>The names of linux/userfaultfd.h, as Linux 6.12 has them, and when each feature came.</summary>
internal static class UffdNames
{
    public const string Api = "UFFDIO_API", Register = "UFFDIO_REGISTER", WriteProtect = "UFFDIO_WRITEPROTECT", Copy = "UFFDIO_COPY",
        Zeropage = "UFFDIO_ZEROPAGE";

    public const string RegisterMissing = "UFFDIO_REGISTER_MODE_MISSING", RegisterWp = "UFFDIO_REGISTER_MODE_WP",
        RegisterMinor = "UFFDIO_REGISTER_MODE_MINOR";

    public const string Protect = "UFFDIO_WRITEPROTECT_MODE_WP", CopyWp = "UFFDIO_COPY_MODE_WP";

    public const string FeaturePrefix = "UFFD_FEATURE_", WpUnpopulated = "UFFD_FEATURE_WP_UNPOPULATED", WpAsync = "UFFD_FEATURE_WP_ASYNC",
        WpZeropage = "UFFD_FEATURE_WP_ZEROPAGE";

    /// <summary>The first kernel with each feature, as major * 100 + minor.</summary>
    private static readonly Dictionary<string, int> Since = new(StringComparer.Ordinal)
    {
        ["PAGEFAULT_FLAG_WP"] = 507, ["EVENT_FORK"] = 411, ["EVENT_REMAP"] = 411, ["EVENT_REMOVE"] = 411, ["EVENT_UNMAP"] = 411,
        ["MISSING_HUGETLBFS"] = 411, ["MISSING_SHMEM"] = 411, ["SIGBUS"] = 414, ["THREAD_ID"] = 414, ["MINOR_HUGETLBFS"] = 513,
            ["MINOR_SHMEM"] = 514,
        ["EXACT_ADDRESS"] = 518, ["WP_HUGETLBFS_SHMEM"] = 519, ["WP_UNPOPULATED"] = 604, ["POISON"] = 606, ["WP_ASYNC"] = 607,
            ["MOVE"] = 608,
    };

    /// <summary>Characters of a number above 0xFFFFFF, in any radix.</summary>
    private const int ShortestRequest = 8;

    private static readonly AbiSpec Model = Read();

    private static readonly IReadOnlyList<HeaderName> Names =
    [
        .. HeaderName.AllOf(Model),
        // Of a series that was not merged; sources written for it have the name.
        new(HeaderNameKind.Flag, WpZeropage, "UFFD_FEATURE", null, 64),
    ];

    private static readonly NameIndex Index = new(Names);

    private static readonly HashSet<string> Exact = [.. Names.Select(name => name.Name)];

    /// <summary>The requests by their numbers.</summary>
    public static IReadOnlyDictionary<ulong, string> Requests { get; } = Model.Ioctls.ToDictionary(ioctl => (ulong)ioctl.Code,
        ioctl => ioctl.Name);

    /// <summary>The request that a number is, or null; only those with a size in them are like no other number.</summary>
    public static string? OfNumber(string number, Language language) =>
        number.Length >= ShortestRequest && Evaluation.NumberReader.TryRead(number, language.Rules.LeadingZeroIsOctal, out var value)
            && value > 0xFFFFFF && value <= uint.MaxValue ? Requests.GetValueOrDefault((ulong)value) : null;

    /// <summary>The header's name that a token stands for, or null. C has the names as they are; other languages rename them.</summary>
    public static string? Of(string token, string qualifier, string scope, Language language) =>
        Exact.Contains(token) ? token
        : language is CFamily ? null
        : (qualifier, token) == ("RegisterMode", "WRITE_PROTECT") ? RegisterWp
        : Index.Find(token, scope, qualifier).FirstOrDefault(name => name.Struct is null)?.Name;

    /// <summary>The first kernel that has all of the features, as major * 100 + minor, and the youngest of them.</summary>
    public static (int Kernel, string Feature) Youngest(IEnumerable<string> features) =>
        features.Select(feature => (Since.GetValueOrDefault(feature[FeaturePrefix.Length..], 999), feature)).Max();

    private static AbiSpec Read()
    {
        using var stream = typeof(UffdNames).Assembly.GetManifestResourceStream("userfaultfd.abi.json")!;
        using var reader = new StreamReader(stream);
        return AbiFile.Parse(reader.ReadToEnd());
    }
}
