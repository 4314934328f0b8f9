using System.Text.RegularExpressions;

namespace Faultline.Harness.Sources.Trees;

/// <summary>The files of a work tree that git neither has nor ignores.</summary>
/// <remarks>
/// The <c>.gitignore</c> of Debian's kernel sources ends in <c>/*</c>: a tree made of one has every file by <c>git add -f</c>,
/// and a new one in <c>mm/</c> would be ignored for no reason that its author knows of. So a top folder that holds committed
/// files is not ignored as a whole; what other patterns say of the files in it, objects for one, holds.
/// </remarks>
internal static partial class NewFiles
{
    /// <summary>The arguments with which git lists them, each path ended by a zero byte.</summary>
    public static IReadOnlyList<string> Question(CommittedFiles committed) =>
    [
        "ls-files", "--others", "--exclude-standard",
        .. committed.Paths.Select(path => path.Split('/', 2)).Where(parts => parts.Length == 2).Select(parts => parts[0])
            .Distinct(StringComparer.Ordinal).Select(folder => $"--exclude=!/{Special().Replace(folder, @"\$0")}/"),
        "-z",
    ];

    /// <summary>The paths of git's answer.</summary>
    public static HashSet<string> Read(string listed) => listed.Split('\0').ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"[*?[\\ ]")]
    private static partial Regex Special();
}
