using Faultline.AbiModel;

namespace Faultline.AbiDiff.Reports;

/// <summary>Both sides as one machine's programs see them.</summary>
/// <param name="Target">The target triple; empty when the sides bring their target.</param>
/// <param name="Pairs">The headers, as they were read for it.</param>
public sealed record TargetReading(string Target, IReadOnlyList<AbiPair> Pairs)
{
    /// <summary>The one target; null where the sides bring several, or none that anybody knows.</summary>
    public string? Only => Target.Length > 0 ? Target
        : Pairs.SelectMany(pair => new[] { pair.Old, pair.New }).OfType<AbiSide>()
            .Select(side => side.Spec.Target).Distinct().ToList() is [{ Length: > 0 } target]
            ? target : null;

    /// <summary>
    /// The same without the headers that cannot be read on a side, and these: of a machine that was not asked for by name they tell
    /// only what is not installed here.
    /// </summary>
    public (TargetReading Reading, IReadOnlyList<string> Left) WithoutUnreadable() =>
        (this with { Pairs = [.. Pairs.Where(IsReadable)] }, [.. Pairs.Where(pair => !IsReadable(pair)).Select(pair => pair.Header)]);

    private static bool IsReadable(AbiPair pair) => pair is { OldError: null, NewError: null };
}
