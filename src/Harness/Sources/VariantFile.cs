using System.Globalization;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Faultline.Harness.Sources;

/// <summary>A variant.toml as it is written, before anything is inherited.</summary>
internal sealed class VariantFile
{
    private static readonly string[] StringKeys = ["name", "title", "role", "source", "tag", "feature", "inherits", "onto"];

    /// <summary>In a table of expectations: a person has to look at them.</summary>
    public const string ReviewKey = "review";

    /// <summary>Still read, for files of before: what is called base today is a variant.</summary>
    private const string OldNameOfSource = "base";

    private readonly Dictionary<string, (string Value, int Line)> _strings = [];

    private readonly SuiteTable _suites;

    private VariantFile(string path) => (Path, _suites) = (path, new SuiteTable(path));

    public string Path { get; }

    public int? FeatureBit { get; private set; }

    /// <summary>Null when the file does not say.</summary>
    public IReadOnlyList<string>? SwitchOff { get; private set; }

    public Dictionary<string, Expectation> Expect { get; } = [];

    /// <summary>Scenarios whose expectation was taken from a run and that nobody has confirmed yet.</summary>
    public HashSet<string> ToReview { get; } = [];

    /// <summary>What it says of suites of programs.</summary>
    public IReadOnlyList<DeclaredSuite> Suites => _suites.Suites;

    /// <exception cref="VariantFileException">The text is not TOML, or holds a key or value the contract does not know.</exception>
    public static VariantFile Parse(string path, string text)
    {
        var file = new VariantFile(path);
        var document = SyntaxParser.Parse(text, path, validate: true);
        foreach (var problem in document.Diagnostics)
        {
            if (problem.Kind == DiagnosticMessageKind.Error)
                throw new VariantFileException(path, problem.Span.Start.Line + 1, problem.Message);
        }

        foreach (var item in document.KeyValues)
            file.AddKey(item);
        foreach (var table in document.Tables)
            file.AddTable(table);
        return file;
    }

    public string? Get(string key) => _strings.TryGetValue(key, out var found) ? found.Value : null;

    public string Require(string key) =>
        Get(key) ?? throw new VariantFileException(Path, 1, $"the key '{key}' is missing; docs/guest-contract.md shows a whole file.");

    /// <summary>An error at the line of a key.</summary>
    public VariantFileException At(string key, string problem, Exception? inner = null) =>
        new(Path, _strings.TryGetValue(key, out var found) ? found.Line : 1, problem, inner);

    private static int LineOf(SyntaxNodeBase node) => node.Span.Start.Line + 1;

    /// <summary>What a key names, without its quotes.</summary>
    public static string NameOf(KeySyntax? key) =>
        key is { DotKeys.ChildrenCount: 0, Key: StringValueSyntax { Value: { } quoted } } ? quoted : key?.ToString().Trim() ?? "";

    private void AddKey(KeyValueSyntax item)
    {
        var key = NameOf(item.Key);
        if (key == OldNameOfSource)
        {
            if (_strings.ContainsKey("source"))
                throw new VariantFileException(Path,
                    LineOf(item), "'base' is the old name of 'source', which is there too; leave 'base' out.");
            key = "source";
        }

        if (key == "feature-bit")
        {
            FeatureBit = item.Value is IntegerValueSyntax { Value: >= 0 and < 64 } bit
                ? (int)bit.Value
                : throw new VariantFileException(Path, LineOf(item), "feature-bit must be a number from 0 to 63.");
            return;
        }

        if (key == "switch-off")
        {
            SwitchOff = OptionsOf(item);
            return;
        }

        if (!StringKeys.Contains(key))
            throw new VariantFileException(Path, LineOf(item), $"unknown key '{key}'; known: {string.Join(", ", StringKeys)}, feature-bit, switch-off, and tables [expect.SCENARIO] and [[suite]].");
        _strings[key] = (StringOf(item, key), LineOf(item));
    }

    private void AddTable(TableSyntaxBase table)
    {
        if (table.Name?.Key?.ToString().Trim() == SuiteTable.Key)
        {
            _suites.Add(table);
            return;
        }

        if (table is not TableSyntax || table.Name?.Key is null || table.Name.Key.ToString().Trim() != "expect" || table.Name.DotKeys.ChildrenCount != 1)
            throw new VariantFileException(Path, LineOf(table), $"unknown table '[{NameOf(table.Name)}]'; the only tables are [expect.SCENARIO] and [[suite]].");
        var scenario = Unquote(table.Name.DotKeys.GetChild(0)!.Key!);
        var observables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in table.Items)
        {
            if (NameOf(item.Key) != ReviewKey)
                observables[NameOf(item.Key)] = StringOf(item, NameOf(item.Key));
            else if (IsTrue(item))
                ToReview.Add(scenario);
        }

        Expect[scenario] = new Expectation(observables);
    }

    private string StringOf(KeyValueSyntax item, string key) => item.Value is StringValueSyntax { Value: { } text }
        ? text
        : throw new VariantFileException(Path, LineOf(item), string.Create(CultureInfo.InvariantCulture, $"the value of '{key}' must be a string in quotes."));

    private bool IsTrue(KeyValueSyntax item) => item.Value is BooleanValueSyntax flag
        ? flag.Value
        : throw new VariantFileException(Path, LineOf(item),
            $"{ReviewKey} is true for an expectation that was taken from a run and that nobody has confirmed yet; remove the line then.");

    private string[] OptionsOf(KeyValueSyntax item) => item.Value is ArraySyntax array
        && array.Items.Select(i => (i.Value as StringValueSyntax)?.Value).ToArray() is var options
        && Array.TrueForAll(options, o => o is { Length: > 0 } && o.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !o.StartsWith("CONFIG_", StringComparison.Ordinal))
            ? [.. options.OfType<string>()]
            : throw new VariantFileException(Path, LineOf(item), "switch-off must be a list of config options without CONFIG_, as in switch-off = [\"PTE_MARKER_UFFD_WP\"].");

    private static string Unquote(BareKeyOrStringValueSyntax key) =>
        key is StringValueSyntax { Value: { } text } ? text : key.ToString().Trim();
}
