namespace Faultline.Tidy.Tests.Rules;

/// <summary>Lines that fit a window, files that fit a head.</summary>
public class SizeTests
{
    private const int CodeColumns = 140;
    private const int ProseColumns = 120;
    private const int FileLines = 400;
    private const string GeneratedPage = "docs/rows.md";

    private static IEnumerable<string> Code =>
        Repository.Ending(".cs", ".sh", ".cake", ".csproj", ".props", ".targets").Concat(Repository.Files.Where(IsScript));

    [Fact]
    public void No_line_of_code_is_longer_than_140_columns() => Tolerated.Check(
        "code-columns", Code.SelectMany(file => LongLines(file, Repository.Lines(file), CodeColumns, _ => true)));

    /// <summary>Tables, links and quoted output cannot be wrapped.</summary>
    [Fact]
    public void No_line_of_prose_is_longer_than_120_columns() => Tolerated.Check(
        "prose-columns",
        Repository.Ending(".md").Where(file => file != GeneratedPage)
            .SelectMany(file => LongLines(file, Markdown.ProseLines(file), ProseColumns, line => !line.StartsWith('|'))));

    [Fact]
    public void No_file_is_longer_than_400_lines() => Tolerated.Check(
        "file-lines",
        Code.Concat(Repository.Ending(".md"))
            .Select(file => (File: file, Count: Repository.Lines(file).Length))
            .Where(file => file.Count > FileLines && file.File != GeneratedPage)
            .Select(file => new Violation(file.File, 0, $"{file.Count} lines; split it before {FileLines}")));

    private static bool IsScript(string file) =>
        (file.StartsWith("images/", StringComparison.Ordinal) || file.StartsWith(".ci/", StringComparison.Ordinal))
        && Path.GetExtension(file).Length == 0;

    private static IEnumerable<Violation> LongLines(string file, string[] lines, int columns, Func<string, bool> counts) =>
        lines.Select((line, i) => (Text: line, Number: i + 1)).Where(line => line.Text.Length > columns && counts(line.Text))
            .Select(line => new Violation(file, line.Number, $"{line.Text.Length} columns, {columns} at most"));
}
