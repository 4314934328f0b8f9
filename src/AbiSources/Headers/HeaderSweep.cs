using System.Collections.Concurrent;
using Faultline.AbiExtractor;
using Faultline.AbiModel;

namespace Faultline.AbiSources.Headers;

/// <summary>Every header of two directories, ready to be compared.</summary>
/// <param name="Pairs">Headers whose text, or that of one they include, differs, with the compiler's words where one does not compile on its own; sorted by header.</param>
/// <param name="Unchanged">How many headers are the same on both sides, includes and all: they were not even parsed.</param>
public sealed record HeaderSweep(IReadOnlyList<AbiPair> Pairs, int Unchanged)
{
    /// <summary>How many headers were compared: all but those that compile on neither side.</summary>
    public int Compared => Unchanged + Pairs.Count(pair => pair is not { OldError: not null, NewError: not null });

    /// <summary>
    /// The headers whose text is the same on both sides and whose model is too, although a header that they include has changed. For
    /// another machine of the family they need not be read: what is different there is told where it stands.
    /// </summary>
    public IReadOnlySet<string> Settled { get; private init; } = new HashSet<string>();

    /// <param name="request">How headers are read; its name and header are of no matter.</param>
    /// <param name="settled">What another reading of these sides has settled: left out.</param>
    public static async Task<HeaderSweep> ReadAsync(
        InstalledHeaders old, InstalledHeaders current, SideRequest request, CancellationToken cancellation, IReadOnlySet<string>? settled = null)
    {
        HashSet<string> olds = [.. old.List()], news = [.. current.List()];
        var (before, now) = (new IncludeClosure(old.Root), new IncludeClosure(current.Root));
        var unchanged = olds.Intersect(news).Where(header => before.Fingerprint(header) is { } fingerprint && fingerprint == now.Fingerprint(header)).ToHashSet(StringComparer.Ordinal);

        var pairs = new ConcurrentBag<AbiPair>();
        var changed = olds.Union(news).Where(header => !unchanged.Contains(header) && settled?.Contains(header) != true);
        await Parallel.ForEachAsync(changed, cancellation, (header, _) =>
        {
            var (was, oldError) = Read(old, olds, header, request, current.Text(header));
            var (became, newError) = Read(current, news, header, request, old.Text(header));
            pairs.Add(new(header, was, became) { OldError = oldError, NewError = newError });
            return ValueTask.CompletedTask;
        });
        return new([.. pairs.OrderBy(pair => pair.Header, StringComparer.Ordinal)], unchanged.Count)
        {
            Settled = pairs.Where(pair => pair is { Old: { } was, New: { } became } && was.Spec.Equals(became.Spec)
                && old.Text(pair.Header) == current.Text(pair.Header)).Select(pair => pair.Header).ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>One side of a pair. A header that breaks on one side only is drift, so each side fails by itself.</summary>
    /// <param name="counterpart">The text of the other side's header.</param>
    private static (AbiSide? Side, string? Error) Read(InstalledHeaders side, HashSet<string> headers, string header,
        SideRequest request, string? counterpart)
    {
        if (!headers.Contains(header))
            return (null, null);
        try
        {
            return (Own(side.Read(header, request, counterpart is null ? null : WantedNames.OfText(counterpart)), headers), null);
        }
        catch (ExtractionException exception)
        {
            return (null, exception.Errors.Count > 0 ? exception.Errors[0].ToString() : exception.Message);
        }
    }

    /// <summary>Without what other headers define: that is told where it stands. A program has it all the same.</summary>
    private static AbiSide Own(AbiSide side, HashSet<string> headers)
    {
        var (others, own) = (side.Spec.Structs.ToLookup(record => headers.Contains(record.Origin)),
            side.Spec.Enums.ToLookup(item => headers.Contains(item.Origin)));
        return side with
        {
            Spec = side.Spec with { Structs = others[false].ToEquatableArray(), Enums = own[false].ToEquatableArray() },
            Elsewhere = side.Elsewhere with
            {
                Structs = side.Elsewhere.Structs.Concat(others[true]).DistinctBy(record => record.Id).ToEquatableArray(),
                Enums = side.Elsewhere.Enums.Concat(own[true]).DistinctBy(item => item.Id).ToEquatableArray(),
            },
        };
    }
}
