namespace Faultline.AbiDiff.Rules;

/// <summary>Names that say what becomes of their value: the end of a list goes on with it, a version goes up.</summary>
internal static class CountingName
{
    private static readonly HashSet<string> Ends =
        new(["MAX", "LAST", "END", "NUM", "NR", "COUNT", "CNT"], StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Starts = ["START", "BEGIN"];

    /// <summary>Last words of the highest name of a list that tell how many there are.</summary>
    private static readonly HashSet<string> Totals = new(
        ["TOTAL", "SENTINEL", "TERMINATOR", "NBITS", "NLIMITS", "NTYPES", "NREGS", "NENTRIES", "NUMHOOKS"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Masks = new(["MASK", "ALL", "VALID", "SUPPORTED"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> PartsOfVersion = new(
        ["MAJOR", "MINOR", "PATCH", "PATCHLEVEL", "SUBLEVEL", "EXTRA", "STRING", "STR", "DATE", "CODE", "NUM",
        "NUMBER"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Versioned =
        new(["VERSION", "DRIVER", "ABI", "API", "UAPI"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Short words for a version, which registers and commands have too: a version behind what has versions.</summary>
    private static readonly HashSet<string> Revisions = new(["VER", "REV", "REVISION"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Revised = new(
        ["ABI", "API", "UAPI", "DRIVER", "DRV", "KERNEL", "PROTO", "PROTOCOL", "INTERFACE", "CURRENT", "MAJOR", "MINOR"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// A name with one of these is the number of something that is called a version, or asks for one: a flag, an option, a command.
    /// </summary>
    private static readonly HashSet<string> Numbers = new(
        ["F", "FLAG", "FLAGS", "FEATURE", "FEATURES", "CAP", "CAPS", "ATTR", "CMD", "COMMAND", "OP", "OPCODE", "OPT", "EVENT",
        "GET", "SET", "QUERY", "TYPE", "SIZE", "REG", "OFF", "OFFSET"],
        StringComparer.OrdinalIgnoreCase);

    public static string[] Words(string name) => name.Split('_', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether one of the words stands for the end of a list.</summary>
    public static bool HasEnd(IEnumerable<string> words) => words.Any(Ends.Contains);

    /// <summary>
    /// Whether <c>END</c> alone says that a name is the end of a list. The last of some states may be called so too.
    /// </summary>
    public static bool IsPlainEnd(string name, IEnumerable<string> words) => !name.StartsWith("__", StringComparison.Ordinal)
        && words.Where(Ends.Contains).ToList() is [var only] && only.Equals("END", StringComparison.OrdinalIgnoreCase);

    /// <summary>The names of what an <c>X_END</c> is the other side of; none of any other name.</summary>
    public static IReadOnlyList<string> StartsOf(string name) => Words(name) is [.. { Length: > 0 } own, var last]
        && last.Equals("END", StringComparison.OrdinalIgnoreCase)
        ? [.. Starts.Select(start => string.Join('_', own.Append(start)))]
        : [];

    /// <summary>Whether one of the words stands for all members together.</summary>
    public static bool HasMask(IEnumerable<string> words) => words.Any(Masks.Contains);

    /// <summary>Whether the last word says that a name stands for how many there are.</summary>
    public static bool IsTotal(string[] words) => words.Length > 1 && Totals.Contains(words[^1]);

    /// <summary>The same of a member of an enum, where it may be <c>SIZE</c> too.</summary>
    public static bool IsTotalOfEnum(string[] words) =>
        IsTotal(words) || (words.Length > 1 && words[^1].Equals("SIZE", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Whether a macro says how far an interface has come: <c>FUSE_KERNEL_MINOR_VERSION</c>, <c>DM_VERSION_EXTRA</c>,
    /// <c>X_DRIVER_DATE</c>.
    /// </summary>
    public static bool IsVersion(string name)
    {
        var words = Words(name);
        if (words.Length == 0 || words.Any(Numbers.Contains) || IsCommand(words[^1]))
            return false;
        return words[^1].EndsWith("VERSION", StringComparison.OrdinalIgnoreCase)
            || (words.Length == 2 && words[1].Equals("VER", StringComparison.OrdinalIgnoreCase))
            || (words.Length > 1 && Revisions.Contains(words[^1]) && Revised.Contains(words[^2]))
            || (PartsOfVersion.Contains(words[^1]) && words.SkipLast(1).Any(Versioned.Contains));
    }

    /// <summary>To get a version, or to set one, is none: <c>X_GETVERSION</c>.</summary>
    private static bool IsCommand(string word) =>
        word.StartsWith("GET", StringComparison.OrdinalIgnoreCase) || word.StartsWith("SET", StringComparison.OrdinalIgnoreCase);
}
