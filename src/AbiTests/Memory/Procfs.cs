namespace Faultline.AbiTests.Memory;

/// <summary>Small facts from /proc and /sys.</summary>
internal static class Procfs
{
    /// <summary>A random number of the kernel: random(4).</summary>
    internal static string RandomUuid => File.ReadAllText("/proc/sys/kernel/random/uuid").Trim();

    /// <summary>uname -r.</summary>
    internal static string KernelRelease { get; } = File.ReadAllText("/proc/sys/kernel/osrelease").TrimEnd();

    /// <summary>Seconds since the kernel started.</summary>
    internal static double UptimeSeconds => double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0]);

    /// <summary>Kibibytes of page tables of this process (VmPTE; includes the upper levels).</summary>
    internal static long PageTableKibibytes => StatusKibibytes("VmPTE:");

    /// <summary>Like <see cref="PageTableKibibytes"/>, of another process.</summary>
    internal static long PageTableKibibytesOf(int pid) => Kibibytes($"/proc/{pid}/status", "VmPTE:");

    /// <summary>Kibibytes that programs can have without swapping (MemAvailable).</summary>
    internal static long AvailableKibibytes => Kibibytes("/proc/meminfo", "MemAvailable:");

    /// <summary>One line of a descriptor's /proc/self/fdinfo, without its label; "" when there is none.</summary>
    internal static string FdInfo(UserfaultfdDescriptor uffd, string label)
    {
        var path = $"/proc/self/fdinfo/{uffd.Handle.DangerousGetHandle()}";
        return File.ReadLines(path).FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal))?[label.Length..].Trim() ?? "";
    }

    /// <summary>Whether madvise(2) may ask for transparent huge pages, and reads of them get the huge zero page.</summary>
    internal static bool OffersTransparentHugePages =>
        !File.ReadAllText("/sys/kernel/mm/transparent_hugepage/enabled").Contains("[never]", StringComparison.Ordinal)
        && File.ReadAllText("/sys/kernel/mm/transparent_hugepage/use_zero_page").StartsWith('1');

    /// <summary>Huge pages of the default size nobody uses.</summary>
    internal static long FreeHugePages => Kibibytes("/proc/meminfo", "HugePages_Free:");

    /// <summary>Whether pages can be swapped out.</summary>
    internal static bool HasSwap => Kibibytes("/proc/meminfo", "SwapFree:") > 0;

    /// <summary>
    /// The kernel function that a thread of this process sleeps in (proc/PID/wchan); "0" while it runs, and where the kernel does not tell.
    /// </summary>
    internal static string WaitChannelOf(int thread)
    {
        try
        {
            return File.ReadAllText($"/proc/self/task/{thread}/wchan");
        }
        catch (IOException)
        {
            return "0";
        }
    }

    /// <summary>Faults of a process that needed no I/O (proc(5), stat field 10); null when there is no such process.</summary>
    internal static long? MinorFaults(int pid)
    {
        const int firstAfterName = 3, field = 10;
        try
        {
            // The second field is the program's name in parentheses and may hold spaces.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[field - firstAfterName]);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// One field of the mapping that starts where <paramref name="range"/> does, from /proc/self/smaps; "" when it has none.
    /// </summary>
    internal static string Smaps(MemoryRange range, string field)
    {
        var header = $"{range.Start:x}-";
        return File.ReadLines("/proc/self/smaps")
            .SkipWhile(line => !line.StartsWith(header, StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line.Split(' ', 2)[0].EndsWith(':'))
            .FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal))?[field.Length..].Trim() ?? "";
    }

    private static long StatusKibibytes(string label) => Kibibytes("/proc/self/status", label);

    private static long Kibibytes(string path, string label)
    {
        var line = File.ReadLines(path).First(l => l.StartsWith(label, StringComparison.Ordinal));
        return long.Parse(line[label.Length..].Trim().Split(' ')[0]);
    }
}
