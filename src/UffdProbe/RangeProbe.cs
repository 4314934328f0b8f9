using System.Globalization;
using Faultline.Userfaultfd;
using Faultline.Userfaultfd.Native;
using Faultline.Userfaultfd.Abi;

namespace Faultline.UffdProbe;

/// <summary>
/// Registers memory of every kind in every mode. Nothing touches the memory, so nothing faults and no huge page is taken.
/// </summary>
internal static class RangeProbe
{
    internal static readonly (string Name, UffdioRegisterMode Bit)[] Modes =
        [("missing", UffdioRegisterMode.Missing), ("wp", UffdioRegisterMode.Wp), ("minor", UffdioRegisterMode.Minor)];

    private static readonly (string Name, int Flags)[] Memories =
    [
        ("anon", Mapping.MapPrivate | Mapping.MapAnonymous),
        ("shmem", Mapping.MapShared | Mapping.MapAnonymous),
        ("hugetlb", Mapping.MapPrivate | Mapping.MapAnonymous | Mapping.MapHugetlb),
    ];

    /// <param name="uffd">After its handshake.</param>
    /// <param name="accepted">Every bit of the mode word that registers alone, on any memory.</param>
    /// <param name="unmapped">Memory that cannot be had, by kind.</param>
    internal static List<LiveRange> Run(UserfaultfdDescriptor uffd, out ulong accepted, out Dictionary<string, Errno> unmapped)
    {
        var ranges = new List<LiveRange>();
        (accepted, unmapped) = (0, []);
        foreach (var (name, flags) in Memories)
        {
            var length = (flags & Mapping.MapHugetlb) != 0 ? HugePageSize() : MemoryRange.PageSize;
            var address = Mapping.Map(0, length, Mapping.ProtectionReadWrite, flags | Mapping.MapNoReserve, -1, 0);
            if (address == -1)
            {
                unmapped[name] = Libc.LastErrno();
                continue;
            }

            try
            {
                var range = new MemoryRange((nuint)address, length);
                for (var modes = 1; modes < 1 << Modes.Length; modes++)
                    ranges.Add(Register(uffd, name, range, (UffdioRegisterMode)modes));
                accepted |= Enumerable.Range(0, 64).Select(bit => 1UL << bit)
                    .Where(bit => Register(uffd, name, range, (UffdioRegisterMode)bit).Errno == Errno.None)
                    .Aggregate(0UL, (all, bit) => all | bit);
            }
            finally
            {
                _ = Mapping.Unmap(address, length);
            }
        }

        return ranges;
    }

    private static LiveRange Register(UserfaultfdDescriptor uffd, string memory, MemoryRange range, UffdioRegisterMode modes)
    {
        var errno = uffd.TryRegister(range, modes, out var ioctls);
        if (errno == Errno.None)
            _ = uffd.TryUnregister(range);
        return new(memory, modes, errno, ioctls);
    }

    /// <summary>The default size of huge pages in bytes, which is what MAP_HUGETLB alone means.</summary>
    private static nuint HugePageSize()
    {
        const string label = "Hugepagesize:";
        var line = File.ReadLines("/proc/meminfo").FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal));
        if (line is null)
            return 2 << 20;
        return nuint.Parse(line[label.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) << 10;
    }
}
