using Faultline.AbiDiff.Coverage;
using Faultline.AbiDiff.Reports;
using Faultline.AbiExtractor;
using Faultline.AbiModel;
using Faultline.AbiSources;
using Faultline.AbiSources.Headers;

namespace Faultline.Cli.Runs;

/// <summary>Joins the rooms: reads two sides for every target and reports their drift.</summary>
/// <param name="old">How the old side is read; its target is of no matter.</param>
/// <param name="current">The same of the new side.</param>
/// <param name="targets">The targets that somebody named; empty for the usual ones of sides that have a choice.</param>
internal sealed class DriftReports(SideRequest old, SideRequest current, IReadOnlyList<string> targets)
{
    /// <summary>What could not be read of the targets that nobody named.</summary>
    private readonly List<Omission> _left = [];

    private readonly HashSet<string> _notes = [];

    /// <summary>What a reader should know of how the sides were read.</summary>
    public IReadOnlyCollection<string> Notes => _notes;

    /// <param name="allHeaders">Every header of both sides, instead of the one the requests name.</param>
    public async Task<DriftReport> CompareAsync(bool allHeaders, AcceptedChanges? accepted, CancellationToken cancellation)
    {
        using var opened = new OpenedHeaders();
        int? headers = null;
        HeaderSweep? first = null;
        var readings = new List<TargetReading>();
        foreach (var target in TargetsToRead())
        {
            var (before, now) = (old with { Target = target }, current with { Target = target });
            if (!allHeaders)
            {
                if (await PairAsync(before, now, isFirst: readings.Count == 0, opened, cancellation) is { } pair)
                    readings.Add(new(target ?? "", [pair]));
                continue;
            }

            var sweep = await HeaderSweep.ReadAsync(
                await AbiSource.OpenHeadersAsync(before, opened, cancellation), await AbiSource.OpenHeadersAsync(now, opened, cancellation),
                now, cancellation, first);
            // A machine that somebody names is read whole.
            first ??= targets.Count == 0 ? sweep : null;
            var reading = new TargetReading(target ?? "", sweep.Pairs);
            readings.Add(headers is null || targets.Count > 0 ? reading : WithoutUnreadable(reading));
            if (headers is null)
                _left.AddRange(sweep.Unread.Select(unread =>
                    new Omission("headers", unread.Names.ToEquatableArray(), unread.Side, unread.Because)));
            headers ??= sweep.Compared;
        }

        var report = DriftReport.OfTargets(old.Name, current.Name, readings, accepted);
        return report with { Headers = headers, Omitted = report.Omitted.Concat(_left).ToEquatableArray() };
    }

    private IEnumerable<string?> TargetsToRead()
    {
        if (targets.Count > 0)
            return targets;
        if (AbiSource.HasTargets(old) && AbiSource.HasTargets(current))
            return HeaderRequest.UsualTargets;
        return [null];
    }

    /// <summary>null when it cannot be read for a target that nobody named.</summary>
    private async Task<AbiPair?> PairAsync(
        SideRequest before, SideRequest now, bool isFirst, OpenedHeaders opened, CancellationToken cancellation)
    {
        try
        {
            var (was, became) = await AbiSource.LoadPairAsync(before, now, opened, cancellation);
            _notes.UnionWith(new[] { was.Note, became.Note }.OfType<string>());
            return new AbiPair(became.Spec.Header, was, became);
        }
        catch (ExtractionException exception) when (targets.Count == 0 && !isFirst)
        {
            Leave(before.Target!, [], exception.Errors.Count > 0 ? exception.Errors[0].ToString() : exception.Message);
            return null;
        }
    }

    private TargetReading WithoutUnreadable(TargetReading all)
    {
        var (reading, left) = all.WithoutUnreadable();
        if (left.Count > 0)
            Leave(all.Target, left, "they do not compile for it here");
        return reading;
    }

    private void Leave(string target, IEnumerable<string> names, string because) =>
        _left.Add(new Omission($"headers for {target}", names.ToEquatableArray(), "this machine", because));
}
