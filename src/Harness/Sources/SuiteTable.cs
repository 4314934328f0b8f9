using System.Collections.Immutable;
using Faultline.Harness.Results;
using Tomlyn.Syntax;

namespace Faultline.Harness.Sources;

/// <summary>Reads the tables <c>[[suite]]</c> of a variant's file, and those below them.</summary>
/// <param name="path">The file, for messages.</param>
internal sealed class SuiteTable(string path)
{
    /// <summary>The first word of the tables.</summary>
    public const string Key = "suite";

    private const string Programs = "programs", Expect = "expect", Control = "control";
    private const int LongestLimit = 24 * 60 * 60;

    private readonly List<DeclaredSuite> _suites = [];

    public IReadOnlyList<DeclaredSuite> Suites => _suites;

    /// <summary>A table whose name begins with <c>suite</c>.</summary>
    /// <exception cref="VariantFileException">It holds what is not known.</exception>
    public void Add(TableSyntaxBase table)
    {
        if (table is TableArraySyntax && table.Name!.DotKeys.ChildrenCount == 0)
        {
            _suites.Add(Read(table));
            return;
        }

        var name = table.Name!.DotKeys.ChildrenCount == 1 ? table.Name.DotKeys.GetChild(0)!.Key!.ToString().Trim() : "";
        if (_suites.Count == 0 || table is not TableSyntax || name is not (Programs or Expect or Control))
        {
            throw At(table, $"unknown table '{table.Name}'; a suite is a table [[suite]], and may be followed by [suite.{Programs}], "
                + $"[suite.{Expect}] and [suite.{Control}].");
        }

        var suite = _suites[^1];
        foreach (var item in table.Items)
        {
            var key = VariantFile.NameOf(item.Key);
            suite = name switch
            {
                Programs => suite with { Programs = suite.Programs.SetItem(key, ProgramOf(item, key)) },
                Expect => suite with { Expect = suite.Expect.SetItem(key, OutcomeOf(item, key, needsWhy: true)) },
                _ => suite with { Control = suite.Control.SetItem(key, OutcomeOf(item, key, needsWhy: false)) },
            };
        }

        _suites[^1] = suite;
    }

    private DeclaredSuite Read(TableSyntaxBase table)
    {
        var keys = table.Items.ToDictionary(item => VariantFile.NameOf(item.Key), item => item, StringComparer.Ordinal);
        if (!keys.TryGetValue("name", out var named) || named.Value is not StringValueSyntax { Value: { Length: > 0 } name })
            throw At(table, "a suite needs a name, as results call it: name = \"selftests/mm\" for --suite selftests:mm.");
        if (_suites.Exists(other => other.Name == name))
            throw At(named, $"the suite '{name}' has a table already.");
        var suite = new DeclaredSuite(name);
        foreach (var (key, item) in keys)
        {
            suite = key switch
            {
                "name" => suite,
                "run" => suite with
                {
                    Run = TextOf(item.Value) ?? throw At(item, "'run' is what --suite takes, in quotes: run = \"selftests:mm\"."),
                },
                "limit" => suite with { Limit = LimitOf(item) },
                "must-fail" => suite with { Control = suite.Control.SetItems(WordsOf(item, key).Select(test =>
                    KeyValuePair.Create(test, DeclaredOutcome.Failed))) },
                _ => throw At(item, $"unknown key '{key}' of a suite; known: name, run, limit, must-fail."),
            };
        }

        return suite;
    }

    private TimeSpan LimitOf(KeyValueSyntax item) => item.Value is IntegerValueSyntax { Value: > 0 and <= LongestLimit } seconds
        ? TimeSpan.FromSeconds(seconds.Value)
        : throw At(item, $"'limit' is whole seconds for each program on a real CPU, from 1 to {LongestLimit}.");

    private ImmutableArray<string> ProgramOf(KeyValueSyntax item, string name)
    {
        var words = WordsOf(item, name);
        if (words.Length == 0 || words[0].Length == 0 || words[0].Contains('/', StringComparison.Ordinal))
            throw At(item, $"'{name}' is a program's file and its arguments, as in \"{name}\" = [\"userfaultfd\", \"anon\", \"20\"].");
        return Array.Exists([.. words.Append(name)], word => word.Any(char.IsControl))
            ? throw At(item, $"'{name}' holds a control character.") : words;
    }

    private ImmutableArray<string> WordsOf(KeyValueSyntax item, string key) =>
        item.Value is ArraySyntax array && array.Items.All(word => TextOf(word.Value) is not null)
            ? [.. array.Items.Select(word => TextOf(word.Value)!)]
            : throw At(item, $"the value of '{key}' is a list of strings in quotes.");

    private DeclaredOutcome OutcomeOf(KeyValueSyntax item, string test, bool needsWhy)
    {
        var outcome = DeclaredOutcome.Parse(TextOf(item.Value) ?? "")
            ?? throw At(item, $"'{test}' is \"passed\", \"skipped\" or \"failed\", and why: \"failed: 6.1 lacks the fix\".");
        return needsWhy && outcome is { Outcome: TestOutcome.Failed, Why: null }
            ? throw At(item, $"'{test}' is expected to fail; say why: \"failed: 6.1 lacks the fix\".") : outcome;
    }

    private static string? TextOf(ValueSyntax? value) => value is StringValueSyntax { Value: { } text } ? text : null;

    private VariantFileException At(SyntaxNodeBase node, string problem) => new(path, node.Span.Start.Line + 1, problem);
}
