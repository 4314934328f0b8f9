namespace Faultline.Harness.Results;

/// <summary>One line of a kernel log.</summary>
/// <param name="Message">Without its stamp.</param>
/// <param name="Uptime">Its stamp, seconds since the kernel started; null for a line without.</param>
internal readonly record struct LogLine(string Message, double? Uptime);

/// <summary>Finds where a complaint begins and ends: its first words are often not its first line.</summary>
internal static class SplatExtent
{
    private const int LongestExcerpt = 120;
    private const int LongestLead = 40;

    /// <summary>WARN prints its text between the ruler and its own line.</summary>
    private const int LongestText = 8;

    /// <summary>Lines of a kind nobody foresaw, taken when they were printed in one breath with what follows.</summary>
    private const int MostUnknown = 4;
    private const double OneBreath = 0.005;

    /// <summary>The first line that belongs to the complaint at <paramref name="at"/>: what it is about stands before the ruler.</summary>
    /// <param name="floor">Lines before it belong to something else.</param>
    public static int BeginOf(LogLine[] lines, int at, int floor)
    {
        var first = at;
        for (var i = at - 1; i >= Math.Max(floor, at - LongestText); i--)
        {
            if (!IsRuler(lines[i].Message))
                continue;
            first = i;
            break;
        }

        for (var (unknown, lowest) = (0, Math.Max(floor, first - LongestLead)); first > lowest; first--)
        {
            var before = lines[first - 1];
            if (SplatPatterns.End().IsMatch(before.Message))
                break;
            if (!SplatPatterns.LeadingUp().IsMatch(before.Message) && (!InOneBreath(before, lines[first]) || unknown++ >= MostUnknown))
                break;
        }

        return first;
    }

    /// <summary>The last line of the complaint at <paramref name="start"/>.</summary>
    public static int EndOf(LogLine[] lines, int start)
    {
        var limit = Math.Min(lines.Length - 1, start + LongestExcerpt);
        for (var i = start + 1; i <= limit && !IsCut(lines[i].Message); i++)
        {
            if (SplatPatterns.End().IsMatch(lines[i].Message))
                return i;
        }

        var sawTrace = false;
        for (var i = start + 1; i <= limit; i++)
        {
            var message = lines[i].Message;
            if (IsCut(message))
                return i - 1;
            sawTrace |= message.StartsWith("Call Trace:", StringComparison.Ordinal);
            if (message.StartsWith("</TASK>", StringComparison.Ordinal) || message.StartsWith(" </TASK>", StringComparison.Ordinal))
                return i;
            if (!SplatPatterns.Continuation().IsMatch(message) && (sawTrace || i > start + 12))
                return i - 1;
        }

        return limit;
    }

    private static bool InOneBreath(LogLine before, LogLine after) => after.Uptime - before.Uptime is >= 0 and <= OneBreath;

    private static bool IsCut(string message) => message.StartsWith("------------[ cut here", StringComparison.Ordinal);

    private static bool IsRuler(string message) => IsCut(message) || (message.Length > 20 && message.All(c => c == '='));
}
