using System.Text.RegularExpressions;

namespace Faultline.AbiSources;

/// <summary>Names of git revisions as they are let through to git, and ranges of them.</summary>
public static partial class RevisionName
{
    /// <summary>Splits <c>v6.1..v6.12</c>; an end left out is HEAD, as in git. False when it is no range.</summary>
    /// <exception cref="SideException">It has three dots, which in git starts at the merge base.</exception>
    public static bool TrySplitRange(string text, out string old, out string current)
    {
        (old, current) = (text, "");
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0 || text is ['.' or '/', ..] || text.Length == 2)
            return false;
        if (text.Contains("...", StringComparison.Ordinal))
            throw new SideException($"{text}: three dots start at a merge base; write the two revisions to compare with two dots, OLD..NEW.");
        (old, current) = (text[..dots], text[(dots + 2)..]);
        if (current.Length == 0)
            current = "HEAD";
        return true;
    }

    /// <summary>Refuses what could be an option, a range or a path of git's, or anything else than one commit's name.</summary>
    /// <exception cref="SideException">It is no name of a commit.</exception>
    public static void Check(string name)
    {
        if (!Valid().IsMatch(name) || name.Contains("..", StringComparison.Ordinal))
            throw new SideException($"'{name}' is no name of a git commit; write a tag, branch or hash, such as v6.12 or HEAD~3.");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_./^~+-]*(@\{[0-9]+\})?\z")]
    private static partial Regex Valid();
}
