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

    /// <summary>Each combination of the modes of <see cref="Modes"/>, on every kind of memory.</summary>
    /// <param name="uffd">After its handshake.</param>
    /// <param name="unmapped">Memory that cannot be had, by kind.</param>
    internal static List<LiveRange> Run(UserfaultfdDescriptor uffd, out Dictionary<string, Errno> unmapped)
    {
        var ranges = new List<LiveRange>();
        unmapped = OnEveryMemory((name, range) =>
        {
            for (var modes = 1; modes < 1 << Modes.Length; modes++)
                ranges.Add(Register(uffd, name, range, (UffdioRegisterMode)modes));
        });
        return ranges;
    }

    /// <summary>Every bit of the mode word that registers alone, on any memory.</summary>
    /// <param name="uffd">After its handshake.</param>
    internal static ulong AcceptedModes(UserfaultfdDescriptor uffd)
    {
        var accepted = 0UL;
        OnEveryMemory((name, range) => accepted |= Enumerable.Range(0, 64).Select(bit => 1UL << bit)
            .Where(bit => Register(uffd, name, range, (UffdioRegisterMode)bit).Errno == Errno.None)
            .Aggregate(0UL, (all, bit) => all | bit));
        return accepted;
    }

    /// <returns>Memory that cannot be had, by kind.</returns>
    private static Dictionary<string, Errno> OnEveryMemory(Action<string, MemoryRange> ask)
    {
        var unmapped = new Dictionary<string, Errno>();
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
                ask(name, new MemoryRange((nuint)address, length));
            }
            finally
            {
                _ = Mapping.Unmap(address, length);
            }
        }

        return unmapped;
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
