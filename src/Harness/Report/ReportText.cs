using System.Globalization;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Report;

/// <summary>Small texts that several writers share.</summary>
internal static class ReportText
{
    private static readonly (string Key, string Label)[] Files =
    [
        ("console", "kernel log"), ("payload", "suite's output"), ("events", "events"), ("junit", "JUnit"), ("ktap", "KTAP"),
        .. Enum.GetNames<Phase>().Select(phase => phase.ToLowerInvariant()).Where(phase => phase != "payload").Select(phase => (phase, $"{phase} log")),
    ];

    /// <summary>A line for each observable: <c>event: wp|write</c>, or <c>event: none, expected wp|write</c> where they differ.</summary>
    public static IEnumerable<string> Comparison(TestReport test) =>
        test.Expected.Keys.Union(test.Observed.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(key =>
        {
            var observed = test.Observed.GetValueOrDefault(key, "not observed");
            return !test.Expected.TryGetValue(key, out var expected) || expected == observed
                ? $"{key}: {observed}"
                : $"{key}: {observed}, expected {expected}";
        });

    /// <summary>What a reader knows a test by: its title, else the words of its id.</summary>
    public static string Title(TestReport test) => test.Title ?? ShortId(test.Id);

    /// <summary>The titles of all tests of a run by id, for results that name a test by its id alone.</summary>
    public static Func<string, string> Titles(RunReport report)
    {
        var titles = report.Kernels.SelectMany(kernel => kernel.Results).GroupBy(test => test.Id, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(test => test.Title).FirstOrDefault(title => title is not null) ?? ShortId(group.Key), StringComparer.Ordinal);
        return id => titles.GetValueOrDefault(id) ?? ShortId(id);
    }

    /// <summary>The last part of an id, as words: <c>Scenarios.Faulting.A_write</c> is <c>A write</c>.</summary>
    public static string ShortId(string id) => id[(id.LastIndexOf('.') + 1)..].Replace('_', ' ');

    /// <summary>The files of a kernel as a reader looks for them: what the kernel said, what the suite said, then how the kernel was made.</summary>
    public static IEnumerable<(string Label, string Path)> Links(IReadOnlyDictionary<string, string> paths) =>
        paths.Select(path => (Place: Array.FindIndex(Files, file => file.Key == path.Key), path.Key, path.Value))
            .OrderBy(file => file.Place < 0 ? Files.Length : file.Place).ThenBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => (file.Place < 0 ? file.Key : Files[file.Place].Label, file.Value));

    public static string Seconds(double seconds) => seconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms"),
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60} min {(int)seconds % 60:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 3600} h {(int)seconds / 60 % 60:00} min"),
    };

    /// <summary>Rows in reading order: R2 before R10, named scenarios after numbered rows.</summary>
    public static IEnumerable<string> RowOrder(IEnumerable<string> rows) =>
        rows.Distinct(StringComparer.Ordinal).OrderBy(row => Number(row) is null).ThenBy(row => Number(row) ?? 0).ThenBy(row => row, StringComparer.Ordinal);

    private static int? Number(string row) =>
        row.Length > 1 && row[0] == 'R' && int.TryParse(row.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
