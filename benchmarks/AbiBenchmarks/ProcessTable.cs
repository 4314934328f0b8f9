using System.Globalization;
using System.Text;

namespace Faultline.AbiBenchmarks;

/// <summary>The figures as Markdown.</summary>
internal static class ProcessTable
{
    public static string Write(IReadOnlyList<Contender> contenders, IReadOnlyList<HeaderFigures> figures, int rounds)
    {
        var text = new StringBuilder();
        Line(text, $"Wall time in milliseconds (median of {rounds} interleaved rounds), and faultline's as a multiple of the other's.");
        Table(text, contenders, figures, contender => ProcessBenchmark.Median(contender.Times), contender => contender.Ratio, 1);
        Line(text, "Peak resident memory in MiB (median of 3 runs), and faultline's as a multiple of the other's.");
        var memory = figures.Select(header => header with
        {
            Contenders = [.. header.Contenders.Select(contender => contender with { Ratio = header.Contenders[0].PeakMemory / contender.PeakMemory })],
        }).ToList();
        Table(text, contenders, memory, contender => contender.PeakMemory / (1 << 20), contender => contender.Ratio, 0);
        return text.ToString();
    }

    private static void Table(StringBuilder text, IReadOnlyList<Contender> contenders, IReadOnlyList<HeaderFigures> figures,
        Func<ContenderFigures, double> value, Func<ContenderFigures, double> ratio, int decimals)
    {
        Line(text, "");
        Line(text, $"| header | KiB | {contenders[0].Name} | {string.Join(" | ", contenders.Skip(1).Select(contender => $"{contender.Name} | ratio"))} |");
        Line(text, $"|---|{string.Concat(Enumerable.Repeat("---:|", 2 * contenders.Count))}");
        foreach (var header in figures)
        {
            var others = header.Contenders.Skip(1).Select(other => $"{Number(value(other), decimals)} | **{Number(ratio(other), 2)}**");
            Line(text, $"| {Path.GetFileName(header.Header)} | {new FileInfo(header.Header).Length >> 10} | {Number(value(header.Contenders[0]), decimals)} | {string.Join(" | ", others)} |");
        }
        var means = Enumerable.Range(1, contenders.Count - 1).Select(i => Number(GeometricMean(figures.Select(header => ratio(header.Contenders[i]))), 2));
        Line(text, $"| geometric mean of the ratios | | |{string.Concat(means.Select(mean => $" | **{mean}** |"))}");
        Line(text, "");
    }

    private static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));

    private static string Number(double value, int decimals) => value.ToString("F" + decimals, CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
