namespace Faultline.AbiTests.Support;

/// <summary>Tells the kernel log who is blocked where, when a test passed its deadline in the suite's own guest.</summary>
/// <remarks>sysrq w lists uninterruptible sleepers only; a thread that waits for a userfault is none, so the suite's own threads are listed beside it.</remarks>
internal static class HangDump
{
    /// <summary>Only in the guest may the whole machine's state be dumped, and only there does somebody read the log.</summary>
    private static bool IsGuest => File.Exists("/dev/virtio-ports/org.faultline.results");

    internal static void Write()
    {
        if (!IsGuest)
            return;
        try
        {
            // Init's watchdog ends the guest soon after, in case the blocked thread keeps this process from ending.
            File.Create("/tmp/faultline-hang").Dispose();
            foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
                Log($"thread {Path.GetFileName(task)} ({Read(task, "comm")}) in {Read(task, "wchan")}: {Read(task, "stack").ReplaceLineEndings(" ")}");
            File.WriteAllText("/proc/sysrq-trigger", "w");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Blocked tasks could not be dumped: {e.Message}");
        }
    }

    /// <summary>One write is one record of the kernel log, at most about 1 KiB.</summary>
    private static void Log(string text) => File.WriteAllText("/dev/kmsg", $"<4>faultline-suite: {text[..Math.Min(text.Length, 900)]}\n");

    private static string Read(string task, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, file)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The thread has ended, or the kernel was built without this file.
            return "?";
        }
    }
}
