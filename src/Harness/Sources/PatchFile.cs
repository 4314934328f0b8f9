using System.Text;
using System.Text.RegularExpressions;

namespace Faultline.Harness.Sources;

/// <summary>
/// Whether a file next to a <c>variant.toml</c> is a patch, so that none is forgotten. It decides nothing about what is applied: that is
/// git's to say.
/// </summary>
internal static partial class PatchFile
{
    /// <summary>How much of a file is looked at.</summary>
    private const int Head = 1 << 16;

    private static readonly string[] PatchEndings = [".patch", ".diff", ".mbox", ".mbx", ".eml"];
    private static readonly string[] Compressions = [".gz", ".xz", ".zst", ".bz2"];
    private static readonly string[] OtherEndings =
        [".toml", ".config", ".md", ".rst", ".json", ".html", ".c", ".h", ".py", ".sh", ".cover"];

    /// <summary>What editors, patch and git leave behind, and hidden files.</summary>
    private static readonly string[] LeftoverEndings = ["~", ".orig", ".rej", ".bak", ".swp", ".tmp"];

    /// <summary>By its name: <c>0001-….patch</c>, <c>all.mbox.gz</c>.</summary>
    public static bool HasPatchName(string path) =>
        !IsLeftover(path) && EndsIn(Uncompressed(Path.GetFileName(path)), PatchEndings);

    /// <summary>By its name, or by what it begins with when the name says nothing.</summary>
    public static bool LooksLikeOne(string path)
    {
        var name = Path.GetFileName(path);
        if (IsLeftover(path) || EndsIn(Uncompressed(name), OtherEndings))
            return false;
        return HasPatchName(path) || EndsIn(name, Compressions) || HasPatchContent(path);
    }

    /// <summary>The name that <c>git format-patch</c> gives a cover letter: <c>0000-…</c>, <c>v2-0000-…</c>.</summary>
    public static bool IsCoverLetter(string path) => CoverLetter().IsMatch(Path.GetFileName(path));

    /// <summary>The system's words when a file cannot be opened; null when it can.</summary>
    public static string? WhyUnreadable(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private static bool IsLeftover(string path)
    {
        var name = Path.GetFileName(path);
        return name.StartsWith('.') || name.StartsWith('#') || EndsIn(name, LeftoverEndings);
    }

    private static string Uncompressed(string name) => EndsIn(name, Compressions) ? Path.GetFileNameWithoutExtension(name) : name;

    private static bool EndsIn(string name, string[] endings) =>
        Array.Exists(endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool HasPatchContent(string path)
    {
        if (WhyUnreadable(path) is not null)
            return false;
        using var file = File.OpenRead(path);
        var head = new byte[Head];
        var text = Encoding.Latin1.GetString(head, 0, file.ReadAtLeast(head, Head, throwOnEndOfStream: false));
        return Diff().IsMatch(text) || Mail().IsMatch(text);
    }

    [GeneratedRegex(@"^(v\d+-)?0000-")]
    private static partial Regex CoverLetter();

    [GeneratedRegex(@"^diff --git |^--- \S.*\n\+\+\+ \S", RegexOptions.Multiline)]
    private static partial Regex Diff();

    [GeneratedRegex(@"\A(From \S+ .*\d\d:\d\d:\d\d|([!-9;-~]+:[^\n]*\n([ \t][^\n]*\n)*)*Subject:)")]
    private static partial Regex Mail();
}
