using System.Text.RegularExpressions;

namespace Faultline.AbiSources.Headers.Untouched;

/// <summary>The words of some C code.</summary>
/// <param name="All">Names, numbers, and what stands in strings.</param>
/// <param name="Macros">Those that it defines as a macro, or undefines.</param>
/// <param name="Pastes">Whether it makes names of parts.</param>
internal sealed partial record SourceWords(IReadOnlySet<string> All, IReadOnlySet<string> Macros, bool Pastes)
{
    public static SourceWords Of(string text) => OfCode(CodeText.Lines(text));

    /// <param name="code">Lines without comments, or several joined.</param>
    public static SourceWords OfCode(IEnumerable<string> code)
    {
        var (all, macros) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var known = all.GetAlternateLookup<ReadOnlySpan<char>>();
        var pastes = false;
        // The name of a file does not count.
        foreach (var line in code.Where(line => !Include().IsMatch(line)))
        {
            pastes |= line.Contains("##", StringComparison.Ordinal);
            foreach (Match macro in Macro().Matches(line))
                macros.Add(macro.Groups[1].Value);
            for (var at = 0; at < line.Length;)
            {
                var end = at;
                while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] == '_'))
                    end++;
                if (end > at)
                    known.Add(line.AsSpan(at, end - at));
                at = end + 1;
            }
        }
        return new(all, macros, pastes);
    }

    /// <summary>Whether a name can be pasted together from two or three of these words.</summary>
    public static bool Makes(string name, Func<string, bool> isWord)
    {
        for (var first = 1; first < name.Length; first++)
        {
            if (!isWord(name[..first]))
                continue;
            if (isWord(name[first..]))
                return true;
            for (var second = first + 1; second < name.Length; second++)
            {
                if (isWord(name[first..second]) && isWord(name[second..]))
                    return true;
            }
        }
        return false;
    }

    [GeneratedRegex(@"^# ?include", RegexOptions.CultureInvariant)]
    private static partial Regex Include();

    [GeneratedRegex(@"^# ?(?:define|undef) (\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Macro();
}
