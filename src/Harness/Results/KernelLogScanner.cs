using System.Globalization;
using System.Text;

namespace Faultline.Harness.Results;

/// <summary>Finds splats and blocked-task dumps in a kernel log. Never throws: a log is whatever a dying machine wrote.</summary>
public static class KernelLogScanner
{
    private const int LongestExcerpt = 120;
    private const int LongestDump = 600;
    private const int MostSplats = 20;
    private const int TailLines = 25;

    /// <summary>Marks the lines the guest's watchdog writes about the payload's threads; its init and this constant agree.</summary>
    public const string WatchdogPrefix = "faultline-watchdog:";

    /// <summary>Marks the lines the suite writes about its own threads when a test passed its deadline; <c>HangDump</c> and this constant agree.</summary>
    public const string SuitePrefix = "faultline-suite:";

    public static KernelLog Scan(string log)
    {
        var lines = Clean(log);
        var splats = new List<Splat>();
        StringBuilder? dump = null;
        var dumped = 0;
        var started = false;

        for (var i = 0; i < lines.Length; i++)
        {
            var message = lines[i].Message;
            started |= message.StartsWith("Linux version ", StringComparison.Ordinal);
            if (BeginsDump(message))
            {
                dump ??= new StringBuilder();
                for (; i < lines.Length && IsDump(lines[i].Message); i++)
                {
                    if (dumped++ < LongestDump)
                        dump.Append(lines[i].Message).Append('\n');
                }

                i--;
                continue;
            }

            if (SplatPatterns.Classify(message) is not { } kind)
                continue;
            var first = i > 0 && IsRuler(lines[i - 1].Message) ? i - 1 : i;
            var last = EndOf(lines, i);
            if (splats.Count < MostSplats)
                splats.Add(new Splat(kind, message.TrimEnd(), Join(lines, first, last), i + 1, lines[i].Uptime));
            // A panic inside the excerpt is a splat of its own: its line says how the story ended.
            i = Enumerable.Range(i + 1, last - i).FirstOrDefault(n => SplatPatterns.Classify(lines[n].Message) == SplatKind.Panic, last + 1) - 1;
        }

        return new KernelLog
        {
            Splats = [.. splats],
            BlockedTasks = dump?.ToString().TrimEnd('\n'),
            WatchdogFired = lines.Any(line => line.Message.StartsWith(WatchdogPrefix, StringComparison.Ordinal)),
            Started = started,
            Tail = Join(lines, Math.Max(0, lines.Length - TailLines), lines.Length - 1),
        };
    }

    private static int EndOf((string Message, double? Uptime)[] lines, int start)
    {
        var limit = Math.Min(lines.Length - 1, start + LongestExcerpt);
        for (var i = start + 1; i <= limit; i++)
        {
            if (SplatPatterns.End().IsMatch(lines[i].Message))
                return i;
        }

        var sawTrace = false;
        for (var i = start + 1; i <= limit; i++)
        {
            var message = lines[i].Message;
            sawTrace |= message.StartsWith("Call Trace:", StringComparison.Ordinal);
            if (message.StartsWith("</TASK>", StringComparison.Ordinal) || message.StartsWith(" </TASK>", StringComparison.Ordinal))
                return i;
            if (!SplatPatterns.Continuation().IsMatch(message) && (sawTrace || i > start + 12))
                return i - 1;
        }

        return limit;
    }

    private static bool BeginsDump(string message) =>
        SplatPatterns.BlockedDump().IsMatch(message)
        || message.StartsWith(WatchdogPrefix, StringComparison.Ordinal)
        || message.StartsWith(SuitePrefix, StringComparison.Ordinal);

    // A dump goes on until the kernel talks about something that is neither a task, a stack, the suite nor the watchdog.
    private static bool IsDump(string message) => BeginsDump(message) || SplatPatterns.Continuation().IsMatch(message);

    private static bool IsRuler(string message) =>
        message.StartsWith("------------[ cut here", StringComparison.Ordinal) || (message.Length > 20 && message.All(c => c == '='));

    private static string Join((string Message, double? Uptime)[] lines, int first, int last)
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

    private static (string Message, double? Uptime)[] Clean(string log)
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
                return (text, (double?)null);
            return (text[prefix.Length..], double.Parse(prefix.Groups["time"].ValueSpan, CultureInfo.InvariantCulture));
        });
    }
}
