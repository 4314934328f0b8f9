using System.Collections.Concurrent;
using Faultline.AbiExtractor;
using Faultline.AbiModel;

namespace Faultline.AbiSources.Headers;

/// <summary>Every header of two directories, ready to be compared.</summary>
/// <param name="Pairs">Headers whose text, or that of one they include, differs; sorted by header.</param>
/// <param name="Unchanged">How many headers are the same on both sides, includes and all: they were not even parsed.</param>
/// <param name="Unreadable">Headers that do not compile on their own, with the compiler's first words.</param>
public sealed record HeaderSweep(IReadOnlyList<AbiPair> Pairs, int Unchanged, IReadOnlyList<UnreadableHeader> Unreadable)
{
    /// <param name="request">How headers are read; its name and header are of no matter.</param>
    public static async Task<HeaderSweep> ReadAsync(InstalledHeaders old, InstalledHeaders current, SideRequest request, CancellationToken cancellation)
    {
        HashSet<string> olds = [.. old.List()], news = [.. current.List()];
        var (before, now) = (new IncludeClosure(old.Root), new IncludeClosure(current.Root));
        var unchanged = olds.Intersect(news).Where(header => before.Fingerprint(header) == now.Fingerprint(header)).ToHashSet(StringComparer.Ordinal);

        var pairs = new ConcurrentBag<AbiPair>();
        var unreadable = new ConcurrentBag<UnreadableHeader>();
        var changed = olds.Union(news).Where(header => !unchanged.Contains(header));
        await Parallel.ForEachAsync(changed, cancellation, (header, _) =>
        {
            try
            {
                var was = olds.Contains(header) ? Own(old.Read(header, request), olds) : null;
                var became = news.Contains(header) ? Own(current.Read(header, request), news) : null;
                pairs.Add(new(header, was, became));
            }
            catch (ExtractionException exception)
            {
                unreadable.Add(new(header, exception.Errors.Count > 0 ? exception.Errors[0].ToString() : exception.Message));
            }
            return ValueTask.CompletedTask;
        });
        return new(
            [.. pairs.OrderBy(pair => pair.Header, StringComparer.Ordinal)],
            unchanged.Count,
            [.. unreadable.OrderBy(header => header.Header, StringComparer.Ordinal)]);
    }

    /// <summary>Without what other headers define: that is told where it stands.</summary>
    private static AbiSide Own(AbiSide side, HashSet<string> headers) => side with
    {
        Spec = side.Spec with
        {
            Structs = side.Spec.Structs.Where(record => !headers.Contains(record.Origin)).ToEquatableArray(),
            Enums = side.Spec.Enums.Where(item => !headers.Contains(item.Origin)).ToEquatableArray(),
        },
    };
}

/// <summary>A header that cannot be read by itself.</summary>
/// <param name="Error">The first error, with its place.</param>
public sealed record UnreadableHeader(string Header, string Error);
