using System.Text.Json;
using Faultline.Harness.Bench.Feature;

namespace Faultline.Harness.Tests.Bench.Feature;

/// <summary>Streams as the suite writes them, with figures that follow a rule.</summary>
internal static class FeatureStreams
{
    private const long MiB = 1 << 20;

    /// <summary>A kernel that was measured with 2, 4 and 8 MiB: smaller calls take 10 µs for each 2 MiB, and reading first 520.</summary>
    /// <param name="name">The kernel.</param>
    /// <param name="state">What pagemap says of a protected hole.</param>
    /// <param name="microseconds">For protecting 2 MiB, with the feature.</param>
    /// <param name="tables">KiB of page tables for each 2 MiB, with the feature.</param>
    internal static FeatureKernel Kernel(string name, string state, double microseconds, int tables)
    {
        var events = new List<object> { new { @event = "boot", release = $"6.1.0-{name}" } };
        foreach (var size in (long[])[2, 4, 8])
        {
            // The second round is disturbed.
            foreach (var (round, slower) in (ReadOnlySpan<(int, int)>)[(1, 1), (2, 3), (3, 1)])
            {
                var micro = size / 2 * slower / 1e6;
                events.Add(Cost("pre-read", size, round, "Zw", 500 * micro, 20 * micro, tables: 4));
                events.Add(Cost("feature", size, round, state, 0, microseconds * micro, tables));
                events.Add(Cost("halves", size, round, state, 0, 10 * micro, tables: 4));
            }
        }

        foreach (var way in (string[])["default", "pre-read", "feature"])
            events.AddRange([Snapshot(way, asks: false), Snapshot(way, asks: true)]);
        return FeatureStream.Read(name, Lines(events));
    }

    internal static string Lines(IEnumerable<object> events) => string.Join('\n', events.Select(e => JsonSerializer.Serialize(e)));

    internal static object Cost(string way, long mebibytes, int round, string state, double prefault, double protect, int tables) => new
    {
        @event = "measure", what = "feature", way, bytes = mebibytes * MiB, huge = false, round, state,
        seconds = new { prefault, protect, fork = 0.001 },
        counts = new Dictionary<string, long>
        {
            ["tables-kib"] = tables * mebibytes / 2, ["resident-kib"] = 0, ["child-tables-kib"] = 40, ["child-tables-event-kib"] = 50,
        },
    };

    private static object Snapshot(string way, bool asks) => new
    {
        @event = "measure", what = "snapshot", way, bytes = 8 * MiB, share = 10, asks, round = 1,
        seconds = new { prepare = way == "pre-read" ? 0.5 : 0, pause = 0.02, total = asks ? 1 : 2 },
        counts = new Dictionary<string, long> { ["saved-pages"] = 200, ["wrong-pages"] = way == "default" ? 7 : 0, ["events"] = 3 },
    };
}
