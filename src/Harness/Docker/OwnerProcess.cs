using System.Globalization;

namespace Faultline.Harness.Docker;

/// <summary>
/// Which process a container belongs to, as a label. A process that is killed outright cannot remove its containers; the next one that connects
/// sees by the label that their owner is gone. The label names boot, pid namespace, pid and the process's start time (proc(5), stat field 22), so
/// neither a reused pid nor a process of another machine or container that shares the engine is taken for it.
/// </summary>
internal static class OwnerProcess
{
    public const string Label = "org.faultline.owner";

    private static readonly string? Place = ReadPlace();

    /// <summary>The label's value for this process; null where /proc does not tell.</summary>
    public static string? Current { get; } =
        Place is not null && StartOf(Environment.ProcessId) is { } start ? $"{Place}/{Environment.ProcessId}/{start}" : null;

    /// <summary>True only when the owner is certain to be gone.</summary>
    public static bool IsGone(string owner) => IsRunning(owner) == false;

    /// <summary>True only when the owner is certain to be another process that still runs.</summary>
    public static bool IsOther(string owner) => owner != Current && IsRunning(owner) == true;

    /// <summary>Null for a process of another machine, boot or pid namespace.</summary>
    private static bool? IsRunning(string owner)
    {
        var parts = owner.Split('/');
        return parts.Length == 4 && $"{parts[0]}/{parts[1]}" == Place && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? StartOf(pid) == parts[3]
            : null;
    }

    private static string? ReadPlace()
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            return new FileInfo("/proc/self/ns/pid").LinkTarget is { } space ? $"{boot}/{space}" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The start time in ticks since boot; null when there is no such process.</summary>
    private static string? StartOf(int pid)
    {
        try
        {
            // The second field is the program's name in parentheses and may hold spaces; the third follows the last parenthesis.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
