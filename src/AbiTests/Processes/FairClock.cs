using System.Diagnostics;
using System.Globalization;

namespace Faultline.AbiTests.Processes;

/// <summary>Counts the time in which this suite could run: on a busy machine much of the time on the wall is spent in the queue for a processor.</summary>
/// <remarks>
/// In the guest the host tells how long it kept the whole machine waiting (docs/guest-contract.md). On the machine's own kernel the scheduler
/// tells it of each thread; the one that waited longest counts.
/// </remarks>
internal sealed class FairClock
{
    /// <summary>However busy the machine is, at least one second in so many counts, so that every deadline passes some day.</summary>
    private const int MostStretch = 10;

    private const string HostFile = "/run/faultline/waited";
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(5);
    private static double _lastHostWaited;
    private readonly Stopwatch _wall = Stopwatch.StartNew();
    private readonly double _before = HostWaited();
    private readonly Dictionary<string, long> _queuedBefore = File.Exists(HostFile) ? [] : Queued();

    internal static FairClock StartNew() => new();

    internal TimeSpan Elapsed
    {
        get
        {
            var wall = _wall.Elapsed;
            var fair = wall - Waited();
            return fair > wall / MostStretch ? fair : wall / MostStretch;
        }
    }

    /// <summary>Waits until the task ends or <paramref name="patience"/> has passed. False: it has not ended.</summary>
    internal bool Wait(Task task, TimeSpan patience)
    {
        while (patience - Elapsed is var left && left > TimeSpan.Zero)
        {
            if (task.Wait(left > ShortestWait ? left : ShortestWait))
                return true;
        }
        return task.IsCompleted;
    }

    /// <inheritdoc cref="Wait(Task, TimeSpan)"/>
    internal bool Wait(ManualResetEventSlim end, TimeSpan patience)
    {
        while (patience - Elapsed is var left && left > TimeSpan.Zero)
        {
            if (end.Wait(left > ShortestWait ? left : ShortestWait))
                return true;
        }
        return end.IsSet;
    }

    private TimeSpan Waited()
    {
        if (File.Exists(HostFile))
            return TimeSpan.FromSeconds(HostWaited() - _before);
        var longest = Queued().Select(thread => thread.Value - _queuedBefore.GetValueOrDefault(thread.Key)).DefaultIfEmpty(0).Max();
        return TimeSpan.FromMicroseconds(longest / 1000.0);
    }

    /// <summary>Seconds since power-on, which only grow. While init writes the file it is empty: the last answer stands.</summary>
    private static double HostWaited()
    {
        try
        {
            if (File.Exists(HostFile) && double.TryParse(File.ReadAllText(HostFile), CultureInfo.InvariantCulture, out var told))
                _lastHostWaited = Math.Max(_lastHostWaited, told);
        }
        catch (IOException)
        {
            // As above.
        }
        return _lastHostWaited;
    }

    /// <summary>Nanoseconds each thread stood in the queue (proc/PID/schedstat, second field); empty for a kernel that does not tell.</summary>
    private static Dictionary<string, long> Queued()
    {
        var queued = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ') is [_, var waited, ..] && long.TryParse(waited, out var nanoseconds))
                    queued[task] = nanoseconds;
            }
            catch (IOException)
            {
                // The thread has ended, or the kernel keeps no such count.
            }
        }
        return queued;
    }
}
