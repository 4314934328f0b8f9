namespace Faultline.AbiSources.Headers.Untouched;

/// <summary>
/// Tells which headers mean the same on two sides although one that they include is another: nothing that is read with them
/// names what differs.
/// </summary>
/// <remarks>
/// Without what differs the two sides are the same tokens, and what differs gives a meaning to names only, of which none is among
/// those tokens. It says so for every machine: no condition is evaluated. In doubt a header is touched.
/// </remarks>
/// <param name="defines">Macros that are defined before: <c>NAME</c> or <c>NAME=VALUE</c>.</param>
internal sealed class UntouchedHeaders(IncludeReach old, IncludeReach current, IReadOnlyList<string> defines)
{
    /// <summary>What requests are taken apart with; it is read behind every header.</summary>
    private const string Behind = "linux/ioctl.h";

    private readonly Dictionary<string, PieceDifference?> _differences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _same = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceWords> _words = new(StringComparer.Ordinal);
    private readonly SourceWords _defined = SourceWords.OfCode(defines);

    /// <summary>The files by which the sides differ in what is read with a header, if that says nothing to it; null when it may.</summary>
    public IReadOnlyList<string>? ChangedAround(string header)
    {
        if (old.Of(header) is not { } was || current.Of(header) is not { } now
            || old.Of(Behind) is not { } first || current.Of(Behind) is not { } last)
            return null;
        HashSet<string> files = [.. was, .. now, .. first, .. last];
        var changed = new List<(string File, PieceDifference Difference)>();
        foreach (var file in files.Where(file => !IsSame(file)))
        {
            if (Difference(file) is not { } difference || (file == header && !difference.IsNothing))
                return null;
            if (!difference.IsNothing)
                changed.Add((file, difference));
        }
        var around = files.ToDictionary(file => file, Remaining, StringComparer.Ordinal);
        return changed.TrueForAll(item => IsUnheard(item.File, item.Difference, around)) ? [.. changed.Select(item => item.File)] : null;
    }

    /// <param name="around">What is read with a header, without what differs.</param>
    private bool IsUnheard(string file, PieceDifference difference, Dictionary<string, SourceWords> around)
    {
        bool IsWord(string word) => _defined.All.Contains(word) || around.Values.Any(words => words.All.Contains(word));
        if (difference.Names.Any(IsWord))
            return false;
        if (around.Values.Any(words => words.Pastes) && difference.Names.Any(name => SourceWords.Makes(name, IsWord)))
            return false;
        // What the file itself does not see may give its code another meaning.
        return around.All(item => Reaches(file, item.Key) || !item.Value.Macros.Overlaps(difference.Differing.All));
    }

    private bool Reaches(string file, string other) => old.Of(file)?.Contains(other) == true && current.Of(file)?.Contains(other) == true;

    private bool IsSame(string file)
    {
        if (!_same.TryGetValue(file, out var known))
            _same.Add(file, known = old.Text(file) == current.Text(file));
        return known;
    }

    private PieceDifference? Difference(string file)
    {
        if (!_differences.TryGetValue(file, out var known))
        {
            known = old.Text(file) is { } was && current.Text(file) is { } now ? PieceDifference.Between(was, now) : null;
            _differences.Add(file, known);
        }
        return known;
    }

    private SourceWords Remaining(string file)
    {
        if (!IsSame(file))
            return Difference(file)!.Common;
        if (!_words.TryGetValue(file, out var known))
            _words.Add(file, known = SourceWords.Of(current.Text(file) ?? ""));
        return known;
    }
}
