using Faultline.AbiModel;

namespace Faultline.Uffd.ThreeWay;

/// <summary>Ranges: what UFFDIO_REGISTER answers for each kind of memory and modes must be what the header's features and masks say.</summary>
/// <remarks>
/// A mode works on shared memory and huge pages where a feature says so (ioctl_userfaultfd(2)). A range takes the ioctls of
/// UFFD_API_RANGE_IOCTLS, or of its _BASIC part on huge pages, except those that need a mode it was not registered in (<c>userfaultfd_register</c>).
/// </remarks>
internal static class RangeRows
{
    /// <summary>The feature that offers a mode; empty where the mode is offered always, absent where it is never.</summary>
    private static readonly Dictionary<(string Memory, string Mode), string> Offers = new()
    {
        [("anon", "missing")] = "",
        [("anon", "wp")] = "UFFD_FEATURE_PAGEFAULT_FLAG_WP",
        [("shmem", "missing")] = "UFFD_FEATURE_MISSING_SHMEM",
        [("shmem", "wp")] = "UFFD_FEATURE_WP_HUGETLBFS_SHMEM",
        [("shmem", "minor")] = "UFFD_FEATURE_MINOR_SHMEM",
        [("hugetlb", "missing")] = "UFFD_FEATURE_MISSING_HUGETLBFS",
        [("hugetlb", "wp")] = "UFFD_FEATURE_WP_HUGETLBFS_SHMEM",
        [("hugetlb", "minor")] = "UFFD_FEATURE_MINOR_HUGETLBFS",
    };

    /// <summary>Ioctls that resolve one kind of fault only. No range is registered in <c>rwp</c>, which Linux 7.3 has.</summary>
    private static readonly (string Ioctl, string Mode)[] NeedMode =
        [("UFFDIO_WRITEPROTECT", "wp"), ("UFFDIO_CONTINUE", "minor"), ("UFFDIO_RWPROTECT", "rwp")];

    public static IEnumerable<SourceRow> Of(AbiSpec header, LiveAnswers live)
    {
        foreach (var range in live.Ranges)
        {
            var expected = Expected(header, range);
            var said = expected is { } ioctls ? HeaderFacts.Hex(ioctls) : "refused";
            var answer = range.Errno.Length > 0 ? range.Errno : HeaderFacts.Hex(range.Ioctls);
            yield return new("ranges", $"{range.Memory}, {string.Join("+", range.Modes)}", said, SourceRow.Silent, answer,
                expected is { } value ? range.Errno.Length == 0 && range.Ioctls == value : range.Errno.Length > 0);
        }

        foreach (var memory in live.Unmapped)
            yield return new("ranges", memory, SourceRow.Silent, SourceRow.Silent, "no such memory here", true);
    }

    /// <summary>The ioctls of the range; null when the header's features do not offer the modes on this memory.</summary>
    private static ulong? Expected(AbiSpec header, LiveRange range)
    {
        if (!range.Modes.All(mode => Offers.TryGetValue((range.Memory, mode), out var feature) && (feature.Length == 0 || HeaderFacts.HasFeature(header, feature))))
            return null;
        var mask = HeaderFacts.Mask(header, range.Memory == "hugetlb" ? "UFFD_API_RANGE_IOCTLS_BASIC" : "UFFD_API_RANGE_IOCTLS") ?? 0;
        return NeedMode.Where(need => !range.Modes.Contains(need.Mode)).Aggregate(mask, (left, need) => left & ~HeaderFacts.Bit(header, need.Ioctl));
    }
}
