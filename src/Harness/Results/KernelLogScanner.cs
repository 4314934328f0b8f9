using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Faultline.Harness.Results;

/// <summary>Finds splats and blocked-task dumps in a kernel log. Never throws: a log is whatever a dying machine wrote.</summary>
internal static class KernelLogScanner
{
    private const int LongestDump = 600;
    private const int MostSplats = 20;
    private const int TailLines = 25;

    public static KernelLog Scan(string log)
    {
        var lines = Clean(log);
        var splats = new List<Splat>();
        var dump = new List<string>();
        var (dropped, suppressed, started, free) = (0L, 0L, false, 0);

        for (var i = 0; i < lines.Length; i++)
        {
            var message = lines[i].Message;
            started |= message.StartsWith("Linux version ", StringComparison.Ordinal);
            if (SplatPatterns.Lost().Match(message) is { Success: true } lost)
            {
                dropped += Count(lost.Groups["dropped"]);
                suppressed += Count(lost.Groups["suppressed"]);
            }

            if (SplatPatterns.BlockedDump().IsMatch(message))
            {
                for (; i < lines.Length && IsDump(lines[i].Message); i++)
                    dump.Add(lines[i].Message);
                free = i--;
                continue;
            }

            if (SplatPatterns.Classify(message) is not { } kind)
                continue;
            var (first, last) = (SplatExtent.BeginOf(lines, i, free), SplatExtent.EndOf(lines, i));
            if (splats.Count < MostSplats)
                splats.Add(new Splat(kind, message.TrimEnd(), Join(lines, first, last), i + 1, lines[i].Uptime));
            // A panic inside the excerpt is a splat of its own: its line says how the story ended.
            free = Enumerable.Range(i + 1, last - i).FirstOrDefault(n => SplatPatterns.Classify(lines[n].Message) == SplatKind.Panic, last + 1);
            i = free - 1;
        }

        return new KernelLog
        {
            Splats = [.. splats],
            BlockedTasks = dump.Count == 0 ? null : string.Join('\n', dump.Take(LongestDump)),
            Started = started,
            Dropped = dropped,
            Suppressed = suppressed,
            Stamps = lines.Select(line => line.Uptime).OfType<double>().ToHashSet(),
            Tail = Join(lines, BeginOfTail(lines, splats), lines.Length - 1),
        };
    }

    /// <summary>The NMI that ends a dead guest makes it print its stack: what it said of itself stands before.</summary>
    private static int BeginOfTail(LogLine[] lines, List<Splat> splats)
    {
        var last = Math.Max(0, lines.Length - TailLines);
        return splats.Find(splat => splat.IsFromNmi) is { } nmi ? Math.Max(0, Math.Min(last, nmi.Line - 1 - (TailLines / 2))) : last;
    }

    // A dump goes on until the kernel talks about something that is neither a task nor a stack. A complaint in the middle of it is still one.
    private static bool IsDump(string message) => SplatPatterns.BlockedDump().IsMatch(message)
        || (SplatPatterns.Continuation().IsMatch(message) && SplatPatterns.Classify(message) is null);

    private static long Count(Group number) => number.Success && long.TryParse(number.ValueSpan, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private static string Join(LogLine[] lines, int first, int last)
    {
        var text = new StringBuilder();
        for (var i = first; i <= last && i < lines.Length; i++)
        {
            if (lines[i].Uptime is { } uptime)
                text.Append(CultureInfo.InvariantCulture, $"[{uptime,12:F6}] ");
            text.Append(lines[i].Message).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static LogLine[] Clean(string log)
    {
        var raw = log.Split('\n');
        if (raw is [.., ""])
            raw = raw[..^1];
        return Array.ConvertAll(raw, line =>
        {
            // Firmware writes terminal codes before the kernel speaks; a dying UART writes anything.
            var text = new string(line.Where(c => c == '\t' || !char.IsControl(c)).ToArray());
            var prefix = SplatPatterns.Prefix().Match(text);
            if (!prefix.Success)
                return new LogLine(text, null);
            return new LogLine(text[prefix.Length..], double.Parse(prefix.Groups["time"].ValueSpan, CultureInfo.InvariantCulture));
        });
    }
}
