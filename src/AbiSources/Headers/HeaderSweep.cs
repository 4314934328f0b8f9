using System.Collections.Concurrent;
using Faultline.AbiExtractor;
using Faultline.AbiModel;
using Faultline.AbiSources.Headers.Untouched;

namespace Faultline.AbiSources.Headers;

/// <summary>Every header of two directories, ready to be compared.</summary>
/// <param name="Pairs">
/// Headers whose text, or that of one they include, differs, with the compiler's words where one does not compile on its own; sorted by
/// header.
/// </param>
/// <param name="Unchanged">Headers that are the same on both sides, includes and all: they were not even parsed.</param>
/// <param name="Untouched">
/// Headers of the same code, to which nothing that differs in the headers that they include says anything: not parsed either.
/// </param>
public sealed record HeaderSweep(IReadOnlyList<AbiPair> Pairs, IReadOnlySet<string> Unchanged, IReadOnlySet<string> Untouched)
{
    /// <summary>How many headers were compared: all but those that differ and compile on neither side.</summary>
    public int Compared => Unchanged.Count + Untouched.Count + Pairs.Count(pair => pair is not { OldError: not null, NewError: not null });

    /// <summary>What cannot be read on one side; it is compared with nothing.</summary>
    public IReadOnlyList<UnreadHeaders> Unread { get; private init; } = [];

    /// <summary>
    /// The headers whose text is the same on both sides and whose model is too, although a header that they include has changed, and
    /// those that are untouched. For another machine of the family they need not be read: what is different there is told where it
    /// stands.
    /// </summary>
    public IReadOnlySet<string> Settled { get; private init; } = new HashSet<string>();

    /// <param name="request">How headers are read; its name and header are of no matter.</param>
    /// <param name="first">A reading of these sides for another machine: what it has settled, or found unchanged, is left out.</param>
    public static async Task<HeaderSweep> ReadAsync(
        InstalledHeaders old, InstalledHeaders current, SideRequest request, CancellationToken cancellation,
        HeaderSweep? first = null)
    {
        // What one side finds in the C library, the other does too.
        request = request with
        {
            WithDocs = false,
            IncludeDirectories = [.. request.IncludeDirectories, .. old.Behind, .. current.Behind],
        };
        HashSet<string> olds = [.. old.List()], news = [.. current.List()];
        UnreadHeaders[] unread = [.. old.Unread(), .. current.Unread(), .. Foreign(old, olds, news), .. Foreign(current, news, olds)];
        foreach (var header in unread.SelectMany(headers => headers.Names))
        {
            olds.Remove(header);
            news.Remove(header);
        }
        var unchanged = first?.Unchanged ?? SameThroughout(old, current, olds.Intersect(news));
        var changed = olds.Union(news).Where(header => !unchanged.Contains(header) && first?.Settled.Contains(header) != true).ToList();

        var pairs = new ConcurrentBag<AbiPair>();
        // What another reading did not settle is not looked through again.
        var around = ChangedAround(
            old, current, changed.Where(header => first is null && olds.Contains(header) && news.Contains(header)), request);
        await ReadAllAsync(changed.Where(header => !around.ContainsKey(header)));

        // What differs stands in headers that are read by now: one that does not compile may fail those that include it.
        var sound = pairs.Where(pair => pair is { Old: not null, New: not null }).Select(pair => pair.Header)
            .ToHashSet(StringComparer.Ordinal);
        var untouched = around.Where(item => item.Value.All(sound.Contains)).Select(item => item.Key).ToHashSet(StringComparer.Ordinal);
        await ReadAllAsync(around.Keys.Except(untouched));
        return new([.. pairs.OrderBy(pair => pair.Header, StringComparer.Ordinal)], unchanged, untouched)
        {
            Unread = unread,
            Settled = pairs.Where(pair => pair is { Old: { } was, New: { } became } && was.Spec.Equals(became.Spec)
                    && old.Text(pair.Header)?.Text == current.Text(pair.Header)?.Text)
                .Select(pair => pair.Header).Concat(untouched).ToHashSet(StringComparer.Ordinal),
        };

        Task ReadAllAsync(IEnumerable<string> headers) => Parallel.ForEachAsync(headers, cancellation, (header, _) =>
        {
            request.Progress?.Report($"{pairs.Count} of {changed.Count} headers that differ are read: {header}");
            var (was, oldError) = Read(old, olds, header, request, current.Text(header)?.Names);
            var (became, newError) = Read(current, news, header, request, old.Text(header)?.Names);
            if (was is not null && became is not null)
            {
                became = IncludeComparison.Of(
                    was, became, IncludingHeader.Of(old, header, request), IncludingHeader.Of(current, header, request));
            }
            pairs.Add(new(header, was, became) { OldError = oldError, NewError = newError });
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Headers that may be another package's, for the other side has none of their names.</summary>
    private static IEnumerable<UnreadHeaders> Foreign(InstalledHeaders side, HashSet<string> its, HashSet<string> others)
    {
        var foreign = its.Where(header => side.Shares && !KernelPart.IsSure(header) && !others.Contains(header))
            .Order(StringComparer.Ordinal).ToList();
        return foreign.Count == 0 ? [] : [new(side.Name, "another package may have put them there", foreign)];
    }

    /// <summary>Headers whose text and that of all they include is the same.</summary>
    private static HashSet<string> SameThroughout(InstalledHeaders old, InstalledHeaders current, IEnumerable<string> headers)
    {
        var (before, now) = (new IncludeClosure(old.Root), new IncludeClosure(current.Root));
        return headers.Where(header => before.Fingerprint(header) is { } fingerprint && fingerprint == now.Fingerprint(header))
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The headers to which nothing that differs says anything, with the headers in which that stands.</summary>
    private static Dictionary<string, IReadOnlyList<string>> ChangedAround(
        InstalledHeaders old, InstalledHeaders current, IEnumerable<string> headers, SideRequest request)
    {
        var around = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        // What is included before every header is not looked through.
        if (request.Preludes.Count > 0)
            return around;
        UntouchedHeaders? untouched = null;
        foreach (var header in headers)
        {
            untouched ??= new(
                new(old.Root, old.DirectoriesFor(header, request)), new(current.Root, current.DirectoriesFor(header, request)),
                request.Defines);
            if (untouched.ChangedAround(header) is { } changed)
                around.Add(header, changed);
        }
        return around;
    }

    /// <summary>One side of a pair. A header that breaks on one side only is drift, so each side fails by itself.</summary>
    /// <param name="wanted">The names of the other side's header.</param>
    private static (AbiSide? Side, string? Error) Read(InstalledHeaders side, HashSet<string> headers, string header,
        SideRequest request, WantedNames? wanted)
    {
        if (!headers.Contains(header))
            return (null, null);
        if (side.Unopenable(header, request) is { } blocked)
            return (null, $"{header}: it includes {blocked}, which cannot be opened");
        try
        {
            return (Own(side.Read(header, request, wanted), headers), null);
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
