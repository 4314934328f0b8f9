using Faultline.Harness.Argument;

namespace Faultline.Harness.Report;

/// <summary>What statements rest on: a link for each row or figure, to where it can be looked at.</summary>
internal sealed class EvidenceList(Html html, RunReport report)
{
    /// <summary>The anchor of the tables of figures.</summary>
    public const string Tables = "tables";

    private readonly Dictionary<string, string> _titles =
        Matrix.Of(report).Rows.ToDictionary(row => row.Label, row => row.Name, StringComparer.Ordinal);

    /// <param name="isNeutral">Whether what speaks against a statement is as good as what speaks for it: somebody said it.</param>
    /// <param name="ask">The command that measures what is missing; null where nothing is.</param>
    public void Write(IEnumerable<Evidence> all, bool isNeutral = false, string? ask = null)
    {
        html.Raw("<span class=\"evidence\">");
        // One place shows a row of all kernels.
        foreach (var group in all.GroupBy(evidence => (evidence.Row, Key: evidence.Row is null ? evidence.Text : evidence.Observable)))
        {
            var look = !isNeutral && group.Any(evidence => evidence.Met == false) ? " class=\"off\"" : "";
            if (group.Key.Row is not { } row)
                html.Raw($"<a{look} href=\"#{Tables}\">").Text(group.First().Text).Raw("</a> ");
            else if (_titles.TryGetValue(row, out var title))
            {
                html.Raw($"<a{look} href=\"#").Text(MatrixTable.Anchor(row)).Raw("\" title=\"").Text(title).Raw("\">")
                    .Text(Words(row, group)).Raw("</a> ");
            }
            else
                html.Raw("<span>").Text(Words(row, group)).Raw("</span> ");
        }

        if (ask is not null)
            html.Raw("<span>To see it: <code>").Text(ask).Raw("</code></span>");
        html.Raw("</span>");
    }

    /// <summary>R62 mismatched-holes: some on base; none on wp-zeropage, wp-unpopulated.</summary>
    private static string Words(string row, IEnumerable<Evidence> group)
    {
        var values = group.GroupBy(evidence => evidence.Met is null ? "not observed" : evidence.Value, StringComparer.Ordinal)
            .Select(value => $"{value.Key} on {string.Join(", ", value.Select(evidence => evidence.Kernel))}");
        return $"{row} {group.First().Observable}: {string.Join("; ", values)}";
    }
}
