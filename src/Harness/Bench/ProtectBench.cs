using System.Collections.Immutable;
using System.Text.Json;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Bench;

/// <summary>
/// What the feature is for: write-protecting memory of which nothing was touched yet. Each kernel does it with the feature, and as one has to
/// without: populate first, then protect. Both in one process, by the suite's <c>--measure protect</c>.
/// </summary>
internal sealed class ProtectBench(IReadOnlyList<MeasureSubject> subjects) : IBenchmark
{
    private readonly Dictionary<string, ILookup<string, Protection>> _found = [];

    public string Key => "protect";

    public Task PrepareAsync(PhaseScope phase, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Once is enough: the suite repeats inside of the process.</summary>
    public async Task MeasureAsync(PhaseScope phase, CancellationToken cancellation)
    {
        foreach (var subject in subjects)
        {
            var stream = await subject.Run(["protect"], phase, cancellation);
            _found[subject.Where] = Read(stream).ToLookup(found => found.How, StringComparer.Ordinal);
        }
    }

    public ImmutableArray<PairReport> Pairs() =>
        [.. _found.Where(subject => subject.Value.Contains("untouched")).Select(subject => PairOf(subject.Key, subject.Value))];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The <c>measure</c> events of a stream.</summary>
    internal static IEnumerable<Protection> Read(string stream)
    {
        foreach (var line in stream.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            var e = json.RootElement;
            if (e.GetProperty("event").GetString() == "measure")
                yield return new Protection(e.GetProperty("how").GetString()!, e.GetProperty("prefault").GetDouble(), e.GetProperty("protect").GetDouble());
        }
    }

    private PairReport PairOf(string where, ILookup<string, Protection> found)
    {
        var parts = new PartTable();
        foreach (var populated in found["populated"])
        {
            parts.Beside("populate", populated.Prefault);
            parts.Beside("protect", populated.Protect);
        }

        return new PairReport
        {
            Key = Key,
            Title = $"1 GiB of untouched memory, {where}",
            Measured = new Side("protect it, with the feature", Sample.Of(found["untouched"].Select(one => one.Protect))),
            Beside = new Side("populate it (MADV_POPULATE_READ), then protect", Sample.Of(found["populated"].Select(one => one.Prefault + one.Protect))),
            Parts = parts.ToParts(),
            Note = "private anonymous memory in 4 KiB pages. Under TCG each of these is emulated, so compare ratios, and only within one line.",
        };
    }

    /// <param name="How"><c>untouched</c> or <c>populated</c>.</param>
    /// <param name="Prefault">Seconds it took to make the pages.</param>
    /// <param name="Protect">Seconds of UFFDIO_WRITEPROTECT.</param>
    internal sealed record Protection(string How, double Prefault, double Protect);
}
