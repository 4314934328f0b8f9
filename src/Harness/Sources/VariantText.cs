using System.Text;
using System.Text.RegularExpressions;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Faultline.Harness.Sources;

/// <summary>
/// Writes what was observed into the text of a <c>variant.toml</c>, marked as to be reviewed. What is not said of these rows stays byte
/// for byte, comments and layout included, also within the tables that change.
/// </summary>
internal static partial class VariantText
{
    /// <param name="path">Named in errors.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="rows">What to expect from now on.</param>
    /// <exception cref="VariantFileException">The text is not a variant file.</exception>
    public static string With(string path, string text, IReadOnlyList<ObservedRow> rows)
    {
        // Says what is wrong with a file that is not in order, before anything is changed in it.
        VariantFile.Parse(path, text);
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var tables = SyntaxParser.Parse(text, path, validate: true).Tables.OfType<TableSyntax>()
            .Where(table => table.Name?.Key?.ToString().Trim() == "expect").ToDictionary(ScenarioOf, StringComparer.Ordinal);
        var edits = new List<Edit>();
        var added = new StringBuilder();
        foreach (var row in rows)
        {
            if (tables.TryGetValue(row.Scenario, out var table))
                edits.AddRange(EditsOf(text, table, row, newLine));
            else
                added.Append(newLine).Append(Table(row, newLine));
        }

        var result = new StringBuilder(text);
        foreach (var edit in edits.OrderByDescending(edit => edit.Offset))
            result.Remove(edit.Offset, edit.Length).Insert(edit.Offset, edit.Text);
        if (added.Length > 0 && result.Length > 0 && result[^1] != '\n')
            result.Append(newLine);
        return result.Append(added).ToString();
    }

    /// <summary>A whole table, as it stands at the end of a file.</summary>
    public static string Table(ObservedRow row, string newLine = "\n")
    {
        var width = row.Observables.Keys.Append(VariantFile.ReviewKey).Max(key => Key(key).Length);
        var lines = row.Observables.Select(pair => Line(pair.Key, Quoted(pair.Value), width))
            .Prepend(Line(VariantFile.ReviewKey, "true", width))
            .Prepend($"[expect.{Key(row.Scenario)}]{(row.Title is { Length: > 0 } title ? $" # {title.ReplaceLineEndings(" ")}" : "")}");
        return string.Concat(lines.Select(line => line + newLine));
    }

    /// <summary>A text as a TOML string.</summary>
    public static string Quoted(string text) => $"\"{Special().Replace(text, match => match.Value switch
    {
        "\"" => "\\\"",
        "\\" => "\\\\",
        "\n" => "\\n",
        "\t" => "\\t",
        var other => $"\\u{(int)other[0]:X4}",
    })}\"";

    private static IEnumerable<Edit> EditsOf(string text, TableSyntax table, ObservedRow row, string newLine)
    {
        var items = table.Items.ToDictionary(item => VariantFile.NameOf(item.Key), StringComparer.Ordinal);
        var width = items.Values.Select(item => item.EqualToken!.Span.Offset - item.Key!.Span.Offset - 1).DefaultIfEmpty(0).Min();
        var (head, end) = (LineEnd(text, table.CloseBracket!.Span.Offset), LineEnd(text, table.CloseBracket.Span.Offset));
        if (!items.ContainsKey(VariantFile.ReviewKey))
            yield return Inserted(text, head, [Line(VariantFile.ReviewKey, "true", width)], newLine);
        foreach (var (key, item) in items)
        {
            var start = LineStart(text, item.Key!.Span.Offset);
            end = LineEnd(text, item.Value!.Span.Offset + item.Value.Span.Length);
            if (key == VariantFile.ReviewKey)
                yield return new Edit(item.Value.Span.Offset, item.Value.Span.Length, "true");
            else if (!row.Observables.TryGetValue(key, out var seen))
                yield return new Edit(start, end - start, "");
            else if ((item.Value as StringValueSyntax)?.Value != seen)
                yield return new Edit(item.Value.Span.Offset, item.Value.Span.Length, Quoted(seen));
        }

        var fresh = row.Observables.Where(pair => !items.ContainsKey(pair.Key))
            .Select(pair => Line(pair.Key, Quoted(pair.Value), width)).ToList();
        if (fresh.Count > 0)
            yield return Inserted(text, end, fresh, newLine);
    }

    /// <summary>Lines behind a line; the last line of a file may lack its end.</summary>
    private static Edit Inserted(string text, int offset, IReadOnlyList<string> lines, string newLine)
    {
        var open = offset == text.Length && offset > 0 && text[offset - 1] != '\n';
        return new Edit(offset, 0, (open ? newLine : "") + string.Join(newLine, lines) + (open ? "" : newLine));
    }

    private static string Line(string key, string value, int width) => $"{Key(key).PadRight(width)} = {value}";

    private static string Key(string name) => Bare().IsMatch(name) ? name : Quoted(name);

    private static string ScenarioOf(TableSyntax table)
    {
        var key = table.Name!.DotKeys.GetChild(0)!.Key!;
        return key is StringValueSyntax { Value: { } quoted } ? quoted : key.ToString().Trim();
    }

    private static int LineStart(string text, int offset) => offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;

    private static int LineEnd(string text, int offset) =>
        text.IndexOf('\n', Math.Min(offset, text.Length)) is >= 0 and var end ? end + 1 : text.Length;

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex Bare();

    [GeneratedRegex(@"[""\\\u0000-\u001f\u007f]")]
    private static partial Regex Special();

    private readonly record struct Edit(int Offset, int Length, string Text);
}
