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
        return DriftReport.Of(old.Name, current.Name, sweep.Pairs, baseline) with { Headers = sweep.Compared };
    }
}
