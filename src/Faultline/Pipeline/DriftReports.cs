using Faultline.AbiDiff.Coverage;
using Faultline.AbiDiff.Reports;
using Faultline.AbiModel;
using Faultline.AbiSources;
using Faultline.AbiSources.Headers;

namespace Faultline.Cli.Pipeline;

/// <summary>Joins the rooms: reads two sides and reports their drift.</summary>
internal static class DriftReports
{
    /// <param name="allHeaders">Every header of both sides, instead of the one the requests name.</param>
    public static async Task<DriftReport> CompareAsync(SideRequest old, SideRequest current, bool allHeaders, Baseline? baseline, CancellationToken cancellation)
    {
        if (allHeaders)
            return await SweepAsync(old, current, baseline, cancellation);
        var (before, now) = await AbiSource.LoadPairAsync(old, current, cancellation);
        return DriftReport.Of(before, now, baseline);
    }

    private static async Task<DriftReport> SweepAsync(SideRequest old, SideRequest current, Baseline? baseline, CancellationToken cancellation)
    {
        using var before = await AbiSource.OpenHeadersAsync(old, cancellation);
        using var now = await AbiSource.OpenHeadersAsync(current, cancellation);
        var sweep = await HeaderSweep.ReadAsync(before, now, current, cancellation);
        var report = DriftReport.Of(old.Name, current.Name, sweep.Pairs, baseline);
        return report with
        {
            Headers = sweep.Pairs.Count + sweep.Unchanged,
            Omitted = report.Omitted.Concat(sweep.Unreadable.Select(Unreadable)).ToEquatableArray(),
        };
    }

    private static Omission Unreadable(UnreadableHeader header) => new(header.Header, default, "the compiler", header.Error);
}
