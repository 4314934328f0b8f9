namespace Faultline.AbiSources.Headers.Untouched;

/// <summary>What two versions of a header do not have in common, as far as names tell it.</summary>
/// <param name="Names">The names that only what differs gives a meaning to, on either side.</param>
/// <param name="Differing">Every word of what differs.</param>
/// <param name="Common">Every word of what does not.</param>
internal sealed record PieceDifference(IReadOnlySet<string> Names, SourceWords Differing, SourceWords Common)
{
    /// <summary>Whether the two are the same code.</summary>
    public bool IsNothing => Differing.All.Count == 0;

    /// <summary>null when it cannot be told by names.</summary>
    public static PieceDifference? Between(string old, string current)
    {
        if (HeaderPieces.Cut(old) is not { } was || HeaderPieces.Cut(current) is not { } now)
            return null;
        var (before, after) = (was.ToHashSet(), now.ToHashSet());
        List<HeaderPiece> stayed = [.. was.Where(after.Contains)], common = [.. now.Where(before.Contains)];
        // What stands in another order may mean something else.
        if (!stayed.SequenceEqual(common))
            return null;
        var differing = was.Where(piece => !after.Contains(piece)).Concat(now.Where(piece => !before.Contains(piece))).ToList();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var piece in differing)
        {
            if (piece.Names() is not { } its)
                return null;
            names.UnionWith(its);
        }
        return new(names, WordsOf(differing), WordsOf(common));
    }

    private static SourceWords WordsOf(IEnumerable<HeaderPiece> pieces) =>
        SourceWords.OfCode(pieces.SelectMany(piece => new[] { piece.Conditions, piece.Text }));
}
