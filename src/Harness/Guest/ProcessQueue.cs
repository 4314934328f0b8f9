using System.Diagnostics;
using System.Globalization;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>
/// How long a process stood in the queue for a processor: of its threads the one that waited longest, second by second. <c>run-guest</c> does
/// the same for QEMU inside its container.
/// </summary>
internal sealed class ProcessQueue
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, long> _queued = new(StringComparer.Ordinal);
    private TimeSpan _waited;

    public HostLoad Load(TimeSpan elapsed) => new(
        Math.Round(elapsed.TotalSeconds, 3), Math.Round(_waited.TotalSeconds, 3), AverageLoad(), Environment.ProcessorCount);

    /// <summary>Cancels once the process could run for so long; ends when somebody else cancels.</summary>
    public async Task CancelAfterAsync(int process, TimeSpan limit, CancellationTokenSource deadline)
    {
        var (clock, before) = (Stopwatch.StartNew(), TimeSpan.Zero);
        while (clock.Elapsed - _waited < limit)
        {
            var left = limit - (clock.Elapsed - _waited);
            await Task.Delay(left < Interval ? left : Interval, deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (deadline.IsCancellationRequested)
                return;
            var now = clock.Elapsed;
            Look(process, now - before);
            before = now;
        }

        await deadline.CancelAsync();
    }

    private void Look(int process, TimeSpan interval)
    {
        var longest = 0L;
        foreach (var (thread, queued) in Threads(process))
        {
            longest = Math.Max(longest, queued - _queued.GetValueOrDefault(thread));
            _queued[thread] = queued;
        }

        var waited = TimeSpan.FromMicroseconds(longest / 1000.0);
        var most = interval - (interval / Deadlines.MostStretch);
        _waited += waited < most ? waited : most;
    }

    private static List<(string Thread, long Nanoseconds)> Threads(int process)
    {
        var threads = new List<(string, long)>();
        try
        {
            foreach (var task in Directory.EnumerateDirectories($"/proc/{process}/task"))
            {
                if (File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ') is [_, var queued, ..] && long.TryParse(queued, out var nanoseconds))
                    threads.Add((task, nanoseconds));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A thread or the process has ended, or the kernel keeps no such count: nobody waited then.
        }

        return threads;
    }

    private static double AverageLoad() =>
        File.Exists("/proc/loadavg") && double.TryParse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture, out var load) ? load : 0;
}
