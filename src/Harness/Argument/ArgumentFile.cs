using System.Collections.Immutable;
using Faultline.Harness.Sources;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Faultline.Harness.Argument;

/// <summary>Reads <c>linux-patch/argument.toml</c>: linux-patch/README.md describes it.</summary>
internal static class ArgumentFile
{
    /// <exception cref="VariantFileException">The text is not TOML, or holds what nobody knows.</exception>
    public static ArgumentText Parse(string path, string text)
    {
        var document = SyntaxParser.Parse(text, path, validate: true);
        foreach (var problem in document.Diagnostics.Where(problem => problem.Kind == DiagnosticMessageKind.Error))
            throw new VariantFileException(path, problem.Span.Start.Line + 1, problem.Message);
        var root = new TomlFields(path, 1, document.KeyValues);
        var glances = document.Tables.ToLookup(table => table is TableArraySyntax && NameOf(table) == "glance");
        var argument = new ArgumentText(
            root.Require("question"), root.Require("source"), [.. glances[false].Select(table => StatementOf(path, table))],
            [.. glances[true].Select(table => GlanceOf(path, table))])
        {
            Short = root.Text("short"),
        };
        root.MustBeRead();
        return argument;
    }

    private static Statement StatementOf(string path, TableSyntaxBase table)
    {
        var (line, name) = (table.Span.Start.Line + 1, NameOf(table));
        if (table is not TableArraySyntax || !Enum.TryParse<StatementKind>(name, ignoreCase: true, out var kind))
        {
            throw new VariantFileException(
                path, line, $"unknown table '{name}'; there are [[answer]], [[glance]], [[claim]] and [[finding]].");
        }

        var fields = new TomlFields(path, line, table.Items);
        var statement = new Statement(kind, fields.Require("says"), [.. fields.Tables("needs").Select(ConditionFile.Read)])
        {
            Who = fields.Text("who"),
            Means = fields.Text("means"),
            Ask = fields.Text("ask"),
            Otherwise = fields.Text("otherwise"),
            Moot = [.. fields.Tables("moot").Select(ConditionFile.Read)],
            Severity = kind == StatementKind.Finding ? SeverityOf(fields) : null,
        };
        fields.MustBeRead();
        return statement.Needs.IsEmpty ? throw fields.Error("a statement without 'needs' would hold whatever was seen.") : statement;
    }

    private static Glance GlanceOf(string path, TableSyntaxBase table)
    {
        var fields = new TomlFields(path, table.Span.Start.Line + 1, table.Items);
        var conditions = fields.Tables("of").Select(ConditionFile.ReadOpen).ToList();
        var glance = conditions is [{ } one] ? new Glance(fields.Require("says"), one) : throw fields.Error("'of' is a list of one table.");
        fields.MustBeRead();
        return glance;
    }

    private static string NameOf(TableSyntaxBase table) => table.Name?.ToString().Trim() ?? "";

    private static Severity SeverityOf(TomlFields fields) =>
        Severities.Parse(fields.Require("severity"))
        ?? throw fields.Error($"'severity' is one of {string.Join(", ", Enum.GetValues<Severity>().Select(Severities.Word))}.");
}
