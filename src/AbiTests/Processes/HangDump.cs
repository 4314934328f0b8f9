namespace Faultline.AbiTests.Processes;

/// <summary>Tells who is blocked where, when a test passed its deadline in the suite's own guest.</summary>
/// <remarks>sysrq w lists uninterruptible sleepers only; a thread that waits for a userfault is none, so the suite's own threads are listed beside it.</remarks>
internal static class HangDump
{
    /// <summary>The hang event is one line of at most 64 KiB; a stack may escape to twice its length.</summary>
    private const int MostThreads = 40, LongestThread = 600;

    /// <summary>Only in the guest may the whole machine's state be dumped, and only there does somebody read the log.</summary>
    private static bool IsGuest => File.Exists("/dev/virtio-ports/org.faultline.results");

    /// <summary>Dumps the blocked tasks to the kernel log.</summary>
    /// <returns>The suite's own threads, a line each; none outside of the guest.</returns>
    internal static IReadOnlyList<string> Write()
    {
        var threads = new List<string>();
        if (!IsGuest)
            return threads;
        try
        {
            // Init's watchdog ends the guest soon after, in case the blocked thread keeps this process from ending.
            File.Create("/tmp/faultline-hang").Dispose();
            foreach (var task in Directory.EnumerateDirectories("/proc/self/task").Take(MostThreads))
            {
                var thread = $"thread {Path.GetFileName(task)} ({Read(task, "comm")}) in {Read(task, "wchan")}: {Read(task, "stack").ReplaceLineEndings(" ")}";
                threads.Add(thread[..Math.Min(thread.Length, LongestThread)]);
            }
            File.WriteAllText("/proc/sysrq-trigger", "w");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Blocked tasks could not be dumped: {e.Message}");
        }
        return threads;
    }

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
