namespace Faultline.AbiTests.Support;

/// <summary>Small facts from /proc and /sys.</summary>
internal static class Procfs
{
    /// <summary>uname -r.</summary>
    internal static string KernelRelease { get; } = File.ReadAllText("/proc/sys/kernel/osrelease").TrimEnd();

    /// <summary>Seconds since the kernel started.</summary>
    internal static double UptimeSeconds => double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0]);

    /// <summary>Whether this is the suite's own guest: only there may the whole machine's state be dumped.</summary>
    internal static bool IsGuest => Directory.Exists("/dev/virtio-ports");

    /// <summary>Kibibytes of page tables of this process (VmPTE; includes the upper levels).</summary>
    internal static long PageTableKibibytes => StatusKibibytes("VmPTE:");

    /// <summary>Writes all blocked tasks to the kernel log (sysrq w); a no-op outside the guest.</summary>
    internal static void DumpBlockedTasks()
    {
        if (!IsGuest)
            return;
        try
        {
            File.WriteAllText("/proc/sysrq-trigger", "w");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Blocked tasks could not be dumped: {e.Message}");
        }
    }

    /// <summary>One line of a descriptor's /proc/self/fdinfo, without its label; "" when there is none.</summary>
    internal static string FdInfo(UserfaultDescriptor uffd, string label)
    {
        var path = $"/proc/self/fdinfo/{uffd.Handle.DangerousGetHandle()}";
        return File.ReadLines(path).FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal))?[label.Length..].Trim() ?? "";
    }

    private static long StatusKibibytes(string label)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(label, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(label.Length).Trim().ToString().Split(' ')[0]);
    }
}
