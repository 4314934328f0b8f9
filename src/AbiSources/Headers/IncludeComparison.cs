using Faultline.AbiExtractor;
using Faultline.AbiModel;
using Faultline.AbiSources.Headers.Untouched;

namespace Faultline.AbiSources.Headers;

/// <summary>
/// What a header no longer includes. Only headers that are on both sides count, and of their names only those that they still have: what
/// became of a header, and of a name in it, is told where it stands.
/// </summary>
internal static class IncludeComparison
{
    /// <summary>The newer side with what of the older one's names it lost together with an include.</summary>
    public static AbiSide With(AbiSide side, InstalledHeaders old, InstalledHeaders current, string header, SideRequest request)
    {
        var dropped = Written(old, header).Except(Written(current, header)).Where(name => current.Text(name) is not null)
            .Order(StringComparer.Ordinal).ToList();
        if (dropped.Count == 0)
            return side;
        var (before, now) = (IncludedNames.Read(old.RequestFor(header, request), dropped),
            IncludedNames.Read(current.RequestFor(header, request), dropped));
        var reached = now.ByFile.Values.SelectMany(names => names).ToHashSet(StringComparer.Ordinal);
        var lost = dropped.Select(name => (Header: name, Names: Lost(name).ToList())).Where(item => item.Names.Count > 0).ToList();
        return lost.Count == 0 ? side : side with
        {
            Dropped = new(lost.Select(item => item.Header).ToEquatableArray(),
                lost.SelectMany(item => item.Names).Distinct().Order(StringComparer.Ordinal).ToEquatableArray()),
        };

        IEnumerable<string> Lost(string include) => !before.Under.TryGetValue(include, out var files) || now.Under.ContainsKey(include) ? []
            : files.Where(file => current.Text(file) is not null).SelectMany(file => before.ByFile.TryGetValue(file, out var names)
                ? names.Where(name => !reached.Contains(name) && current.Text(file)!.Has(Word(name))) : []);
    }

    /// <summary>A tag without the word before it; any other name as it is.</summary>
    private static string Word(string name) => name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    /// <summary>What a header includes, as programs would: what stands in quotes may be a header next to it.</summary>
    private static IEnumerable<string> Written(InstalledHeaders side, string header) => side.Text(header) is { } text
        ? IncludeDirective.In(string.Join('\n', CodeText.Lines(text.Text))).Where(include => include is { IsNext: false, Name: not null })
            .Select(include => include.IsBeside && Plain($"{Path.GetDirectoryName(header)}/{include.Name}") is var near
                && side.Text(near) is not null ? near : Plain(include.Name!))
        : [];

    /// <summary>A name without the steps that lead nowhere: <c>linux/./b.h</c>, <c>linux/../linux/b.h</c>.</summary>
    private static string Plain(string name) => Path.GetFullPath("/" + name)[1..];
}
