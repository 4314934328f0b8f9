using System.Text;

namespace Faultline.Harness.Bench.Feature.Tables;

/// <summary>All figures of the feature for people. Under emulation there are ratios, on this machine's own kernel times.</summary>
internal static class FeatureTables
{
    public static IEnumerable<FeatureTable> Of(FeatureReport report)
    {
        FeatureTable?[] tables =
        [
            .. report.Kernels.SelectMany(kernel => ((bool[])[false, true]).Select(huge => CostTable.Of(kernel, huge))),
            MarkerTable.Of(report), GrowthTable.Of(report), .. report.Kernels.Select(SnapshotTable.Of),
        ];
        return tables.OfType<FeatureTable>();
    }

    public static void AppendMarkdown(StringBuilder text, FeatureReport report)
    {
        foreach (var table in Of(report))
        {
            text.Append("\n### ").Append(table.Title).Append("\n\n");
            BenchTable.AppendRow(text, table.Header);
            BenchTable.AppendRow(text, table.Header.Select((_, column) => column == 0 ? "---" : "---:"));
            foreach (var row in table.Rows)
                BenchTable.AppendRow(text, row);
            text.Append('\n').Append(table.Note).Append('\n');
        }
    }
}
