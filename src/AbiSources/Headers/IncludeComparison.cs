using Faultline.AbiExtractor;
using Faultline.AbiModel;
using Faultline.AbiSources.Headers.Untouched;

namespace Faultline.AbiSources.Headers;

/// <summary>
/// What a header no longer includes, be it that the line is gone or that a condition leaves it out. Only headers that are on both sides
/// count, and of their names only those that they still have: what became of a header, and of a name in it, is told where it stands.
/// </summary>
internal static class IncludeComparison
{
    /// <summary>
    /// The newer side with what of the older one's names it lost together with an include, and what another header makes of them now.
    /// </summary>
    public static AbiSide Of(AbiSide was, AbiSide now, IncludingHeader old, IncludingHeader current)
    {
        var written = Written(old).ToList();
        if (written.Count == 0)
            return now;
        var (reached, reachedNow) = (old.Reached(was.Files), current.Reached(now.Files));
        var dropped = written.Where(name => reached.Contains(name) && !reachedNow.Contains(name) && current.Text(name) is not null)
            .Distinct().Order(StringComparer.Ordinal).ToList();
        if (dropped.Count == 0)
            return now;
        var (before, after) = (IncludedNames.Read(old.Request, dropped), IncludedNames.Read(current.Request, dropped));
        var names = after.ByFile.Values.SelectMany(names => names).ToHashSet(StringComparer.Ordinal);
        var lost = dropped.Select(name => (Header: name, Names: Gone(name).Where(item => !names.Contains(item)).ToList()))
            .Where(item => item.Names.Count > 0).ToList();
        var own = after.ByFile.TryGetValue(current.Name, out var these) ? these : new HashSet<string>();
        var others = dropped.SelectMany(Gone).Where(name => names.Contains(name) && !own.Contains(name)).Select(Word)
            .Distinct().Order(StringComparer.Ordinal).ToEquatableArray();
        return now with
        {
            Dropped = lost.Count == 0 ? null : new(lost.Select(item => item.Header).ToEquatableArray(),
                lost.SelectMany(item => item.Names).Distinct().Order(StringComparer.Ordinal).ToEquatableArray()),
            Swapped = others.Count == 0 ? null : new(others, Elsewhere(old, others), Elsewhere(current, others)),
        };

        // The names that came with an include from files that are not read any more.
        IEnumerable<string> Gone(string include) => before.Under.TryGetValue(include, out var files)
            ? files.Where(file => !reachedNow.Contains(file) && current.Text(file) is not null)
                .SelectMany(file => before.ByFile.TryGetValue(file, out var its) ? its.Where(name => current.Text(file)!.Has(Word(name)))
                    : [])
            : [];
    }

    /// <summary>What the includes of a header make of some names.</summary>
    private static AbiSpec Elsewhere(IncludingHeader header, EquatableArray<string> names) => header.Read(WantedNames.Of(new AbiSpec
    {
        Unresolved = names.Select(name => new UnresolvedSpec { Name = name }).ToEquatableArray(),
    })).Elsewhere;

    /// <summary>A tag without the word before it; any other name as it is.</summary>
    private static string Word(string name) => name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    /// <summary>What a header includes, as programs would: what stands in quotes may be a header next to it.</summary>
    private static IEnumerable<string> Written(IncludingHeader header) => header.Text(header.Name) is { } text
        ? IncludeDirective.In(string.Join('\n', CodeText.Lines(text.Text))).Where(include => include is { IsNext: false, Name: not null })
            .Select(include => include.IsBeside && Plain($"{Path.GetDirectoryName(header.Name)}/{include.Name}") is var near
                && header.Text(near) is not null ? near : Plain(include.Name!))
        : [];

    /// <summary>A name without the steps that lead nowhere: <c>linux/./b.h</c>, <c>linux/../linux/b.h</c>.</summary>
    private static string Plain(string name) => Path.GetFullPath("/" + name)[1..];
}
