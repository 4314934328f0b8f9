using System.Globalization;

namespace Faultline.Cli.Terminal;

/// <summary>What changed between two texts, as <c>diff -u</c> shows it.</summary>
internal static class LineDiff
{
    private const int Context = 3;

    /// <param name="path">Named in the head.</param>
    /// <param name="before">The old text; null for a file that is new.</param>
    /// <param name="after">The new text.</param>
    /// <returns>Empty where nothing changed.</returns>
    public static string Unified(string path, string? before, string after)
    {
        if (before == after)
            return "";
        var steps = Steps(Lines(before ?? ""), Lines(after));
        var lines = new List<string> { before is null ? "--- /dev/null" : $"--- {path}", $"+++ {path}" };
        for (var i = 0; i < steps.Count;)
        {
            if (steps[i].Sign == ' ')
            {
                i++;
                continue;
            }

            // A hunk goes on as long as the next change is not further away than the context of both.
            var start = Math.Max(0, i - Context);
            var last = i;
            for (var at = i; at < steps.Count && at - last <= 2 * Context; at++)
                last = steps[at].Sign == ' ' ? last : at;
            var end = Math.Min(steps.Count, last + Context + 1);
            lines.Add(Head(steps, start, end));
            lines.AddRange(steps.Skip(start).Take(end - start).Select(step => step.Sign + step.Text));
            i = end;
        }

        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static string Head(List<(char Sign, string Text)> steps, int start, int end)
    {
        (int From, int Count) Side(char other)
        {
            var count = steps.Skip(start).Take(end - start).Count(step => step.Sign != other);
            var from = steps.Take(start).Count(step => step.Sign != other);
            return (count == 0 ? from : from + 1, count);
        }

        var (old, current) = (Side('+'), Side('-'));
        return string.Create(CultureInfo.InvariantCulture, $"@@ -{old.From},{old.Count} +{current.From},{current.Count} @@");
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');

    /// <summary>The longest common subsequence; the files have some hundred lines.</summary>
    private static List<(char Sign, string Text)> Steps(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var steps = new List<(char, string)>();
        for (var (i, j) = (0, 0); i < before.Length || j < after.Length;)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                steps.Add((' ', before[i]));
                (i, j) = (i + 1, j + 1);
            }
            else if (i < before.Length && (j == after.Length || common[i + 1, j] >= common[i, j + 1]))
                steps.Add(('-', before[i++]));
            else
                steps.Add(('+', after[j++]));
        }

        return steps;
    }
}
