using System.Text.RegularExpressions;
using Faultline.AbiModel;

namespace Faultline.AbiEmit;

/// <summary>The names somebody wants of headers that define many more, one or a pattern on each line.</summary>
/// <remarks>
/// Contract: compares by value. <c>#</c> and <c>//</c> begin comments, <c>!</c> in front excludes; what a wanted thing
/// is made of comes with it.
/// </remarks>
public sealed record NameList(EquatableArray<WantedName> Names)
{
    /// <summary>Reads a list; every text is one.</summary>
    public static NameList Parse(string text)
    {
        var names = new List<WantedName>();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = Bare(lines[i]);
            var excludes = line.StartsWith("!", StringComparison.Ordinal);
            var pattern = line.TrimStart('!').Trim();
            if (pattern.Length > 0)
                names.Add(new(i + 1, pattern, excludes));
        }
        return new(names.ToEquatableArray());
    }

    private static string Bare(string line)
    {
        var comment = Math.Min(Index(line, "#"), Index(line, "//"));
        return line.Substring(0, comment).Trim();

        static int Index(string line, string mark) => line.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? at : line.Length;
    }

    /// <summary>What of a header is wanted, and the lines of this list that ask for something it has.</summary>
    public (AbiSpec Spec, EquatableArray<int> Used) Select(AbiSpec spec)
    {
        var selection = new NameSelection(this, spec);
        return (selection.Spec, selection.Used.OrderBy(line => line).ToEquatableArray());
    }

    internal static Regex Matcher(WantedName name) =>
        new("^" + Regex.Escape(name.Pattern).Replace("\\*", ".*").Replace("\\?", ".") + "$", RegexOptions.CultureInvariant);
}
