namespace Faultline.AbiConsumers.Matching;

/// <summary>Recognises the header's names in source tokens, whole tokens only, as themselves and under the renamings that bindings use.</summary>
/// <remarks>
/// A name is met as it is; in CamelCase (<c>UffdFeatureWpUnpopulated</c>); without the first word, when its group has more words
/// (<c>FEATURE_WP_UNPOPULATED</c>); and without its whole group inside or behind a name that has the group's other words
/// (<c>FeatureFlags::WP_UNPOPULATED</c>). A short name alone, such as <c>WP</c>, never counts.
/// </remarks>
internal sealed class NameIndex
{
    private readonly ILookup<string, HeaderName> _exact;
    private readonly ILookup<string, HeaderName> _camel;
    private readonly ILookup<string, HeaderName> _tails;
    private readonly ILookup<string, (HeaderName Name, string[] Scope)> _short;

    public NameIndex(IReadOnlyList<HeaderName> names)
    {
        _exact = names.ToLookup(name => name.Name, StringComparer.Ordinal);
        _camel = names.ToLookup(name => Spelling.Plain(name.Name), StringComparer.Ordinal);
        var grouped = names.Where(name => name.Group.Contains('_', StringComparison.Ordinal) && name.Name.Length > name.Group.Length).ToList();
        _tails = grouped.ToLookup(name => Spelling.Plain(name.Name[(name.Name.IndexOf('_', 1) + 1)..]), StringComparer.Ordinal);
        _short = grouped.ToLookup(name => Spelling.Plain(name.Name[name.Group.Length..]), name => (name, Spelling.Words(name.Group).Skip(1).ToArray()), StringComparer.Ordinal);
    }

    /// <summary>The names a token stands for.</summary>
    /// <param name="scopes">What it stands in or is qualified with: the enum, class or bit set.</param>
    public IEnumerable<HeaderName> Find(string token, params IEnumerable<string> scopes)
    {
        if (_exact.Contains(token))
            return _exact[token];
        var plain = Spelling.Plain(token);
        if (Spelling.IsCamel(token) && _camel.Contains(plain))
            return _camel[plain];
        var around = scopes.Where(scope => scope.Length > 0).Select(Spelling.Words).ToList();
        var scoped = _short[plain].Where(candidate => around.Exists(words => candidate.Scope.All(words.Contains))).Select(candidate => candidate.Name).ToList();
        return scoped.Count > 0 ? scoped : Spelling.IsConstant(token) ? _tails[plain] : [];
    }
}
