namespace Faultline.AbiDiff.Rules;

/// <summary>Matches the two sides' items by name.</summary>
internal static class Pairing
{
    /// <summary>One pair for each name on either side, in the order of the names. The first item of a name counts.</summary>
    public static IEnumerable<(T? Old, T? New)> ByName<T>(IEnumerable<T> old, IEnumerable<T> current, Func<T, string> name)
        where T : class
    {
        var olds = ByName(old, name);
        var news = ByName(current, name);
        return olds.Keys.Union(news.Keys).Order(StringComparer.Ordinal).Select(key => (olds.GetValueOrDefault(key), news.GetValueOrDefault(key)));
    }

    private static Dictionary<string, T> ByName<T>(IEnumerable<T> items, Func<T, string> name)
        where T : class
    {
        var named = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in items)
            named.TryAdd(name(item), item);
        return named;
    }

    /// <summary>Whether two names for one value are the same thing renamed: at least half of their distinct words are shared, those of the prefix not counted.</summary>
    public static bool AreRelated(string left, string right, string prefix) => AreRelated(Words(left, prefix), Words(right, prefix));

    /// <summary>How alike two names are, by their words.</summary>
    public static bool AreRelated(IReadOnlyCollection<string> left, IReadOnlyCollection<string> right) => left.Intersect(right).Count() * 2 >= left.Union(right).Count();

    private static string[] Words(string name, string prefix) =>
        (name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name).Split('_', StringSplitOptions.RemoveEmptyEntries);
}
