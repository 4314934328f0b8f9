using System.Text.RegularExpressions;

namespace Faultline.Tidy.Tests;

/// <summary>What the rules read of a Markdown page.</summary>
internal static partial class Markdown
{
    /// <summary>A fenced block: what stands behind the opening fence, and its lines.</summary>
    public sealed record Block(string File, int Line, string Info, IReadOnlyList<string> Lines);

    public static IReadOnlyList<Block> Blocks(string file)
    {
        var blocks = new List<Block>();
        (int Line, string Info)? open = null;
        var inside = new List<string>();
        var number = 0;
        foreach (var line in Repository.Lines(file))
        {
            number++;
            if (!line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                inside.Add(line);
                continue;
            }

            if (open is { } start)
                blocks.Add(new Block(file, start.Line, start.Info, [.. inside]));
            open = open is null ? (number, line.Trim().TrimStart('`').Trim()) : null;
            inside.Clear();
        }

        return blocks;
    }

    /// <summary>The page's lines with those of fenced blocks left empty, so that numbers stay right.</summary>
    public static string[] ProseLines(string file)
    {
        var lines = Repository.Lines(file);
        var fenced = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var fence = lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (fence || fenced)
                lines[i] = "";
            fenced ^= fence;
        }

        return lines;
    }

    /// <summary>The lines below a heading, up to the next one of its level or above.</summary>
    public static IEnumerable<string> Section(string file, string heading)
    {
        var level = heading.TakeWhile(c => c == '#').Count();
        return Repository.Lines(file).SkipWhile(line => line != heading).Skip(1)
            .TakeWhile(line => !line.StartsWith('#') || line.TakeWhile(c => c == '#').Count() > level);
    }

    /// <summary>What stands in back ticks.</summary>
    public static IEnumerable<string> Quoted(string text) => BackTicks().Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>The cells of the table rows among the lines.</summary>
    public static IEnumerable<string[]> Rows(IEnumerable<string> lines) => lines
        .Where(line => line.StartsWith('|') && !line.StartsWith("|-", StringComparison.Ordinal))
        .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    /// <summary>Where the page's links lead: (line, target).</summary>
    public static IEnumerable<(int Line, string Target)> Links(string file) =>
        ProseLines(file).SelectMany((line, i) => Link().Matches(line).Select(match => (i + 1, match.Groups[1].Value)));

    /// <summary>The names by which the page's headings can be linked to, as forges make them.</summary>
    public static IEnumerable<string> Anchors(string file) => ProseLines(file).Where(line => line.StartsWith('#'))
        .Select(line => NotInAnchors().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex BackTicks();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
