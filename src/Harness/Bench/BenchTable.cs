using System.Globalization;
using System.Text;
using Faultline.Harness.Bench.Feature.Tables;

namespace Faultline.Harness.Bench;

/// <summary>The figures for people: as aligned text, or as Markdown.</summary>
internal static class BenchTable
{
    private static readonly string[] Header = ["", "measured", "", "beside", "", "ratio"];

    public static string Text(BenchReport report)
    {
        var rows = Rows(report).Prepend(Header).ToList();
        var widths = Enumerable.Range(0, Header.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
            text.Append(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
        foreach (var note in Notes(report))
            text.Append('\n').Append(note);
        return text.Append('\n').ToString();
    }

    public static string Markdown(BenchReport report)
    {
        var text = new StringBuilder();
        AppendRow(text, Header);
        AppendRow(text, [.. Header.Select((_, column) => column is 2 or 4 or 5 ? "---:" : "---")]);
        foreach (var row in Rows(report))
            AppendRow(text, row);
        foreach (var note in Notes(report))
            text.Append('\n').Append(note).Append('\n');
        if (report.Feature is { } feature)
            FeatureTables.AppendMarkdown(text, feature);
        return text.ToString();
    }

    /// <summary>A time with the digits that mean something: 23.7 ms, 1.34 s, 812 s.</summary>
    /// <param name="seconds">Seconds.</param>
    public static string Time(double seconds)
    {
        var (value, unit) = Math.Abs(seconds) switch
        {
            < 0.001 => (seconds * 1e6, "µs"),
            < 1 => (seconds * 1e3, "ms"),
            _ => (seconds, "s"),
        };
        return $"{Digits(value)} {unit}";
    }

    private static IEnumerable<string[]> Rows(BenchReport report)
    {
        foreach (var pair in report.Pairs)
        {
            yield return
            [
                $"{pair.Key}: {pair.Title}", pair.Measured.What, Spread(pair.Measured.Seconds, Time), pair.Beside.What, Spread(pair.Beside.Seconds, Time),
                Spread(pair.Ratio, Digits),
            ];
            foreach (var part in pair.Parts)
                yield return ["", $"– {part.Name}", OrDash(part.Measured), "", OrDash(part.Beside), ""];
        }
    }

    private static IEnumerable<string> Notes(BenchReport report)
    {
        foreach (var note in report.Pairs.Where(pair => pair.Note is not null).Select(pair => $"{pair.Key}: {pair.Note}").Distinct())
            yield return note;
        yield return "Medians, with the smallest and the largest in brackets; a ratio is taken repetition by repetition.";
        yield return report.Machine.ToString();
        yield return $"Repeat: {report.Command}";
    }

    private static string OrDash(Sample? sample) => sample is null ? "" : Spread(sample, Time);

    /// <summary>The median, with the smallest and the largest where there is more than one.</summary>
    public static string Spread(Sample sample, Func<double, string> format) => sample.Values.Length == 1
        ? format(sample.Median)
        : $"{format(sample.Median)} ({format(sample.Min)}–{format(sample.Max)})";

    /// <summary>A number with the digits that mean something.</summary>
    public static string Digits(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", >= 0.1 => "0.00", 0 => "0", var small => TwoDigits(small) },
        CultureInfo.InvariantCulture);

    /// <summary>A format with as many places as two digits take: 0.0027, 0.00014.</summary>
    private static string TwoDigits(double small) => $"0.{new string('0', Math.Min(12, 1 - (int)Math.Floor(Math.Log10(small))))}";

    /// <summary>A row of a Markdown table.</summary>
    public static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
}
