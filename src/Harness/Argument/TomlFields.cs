using System.Globalization;
using Faultline.Harness.Sources;
using Tomlyn.Syntax;

namespace Faultline.Harness.Argument;

/// <summary>The keys of one table; what nobody asked for is an error.</summary>
internal sealed class TomlFields
{
    private readonly string _path;
    private readonly int _line;
    private readonly Dictionary<string, ValueSyntax?> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <param name="path">The file, for errors.</param>
    /// <param name="line">Its line, for errors.</param>
    /// <param name="items">The keys.</param>
    public TomlFields(string path, int line, IEnumerable<KeyValueSyntax> items)
    {
        (_path, _line) = (path, line);
        foreach (var item in items)
            _values[item.Key?.ToString().Trim() ?? ""] = item.Value;
    }

    public bool Has(string key) => _values.ContainsKey(key);

    /// <returns>The text; null where the key is absent.</returns>
    public string? Text(string key) => Value(key) switch
    {
        null => null,
        StringValueSyntax { Value: { } text } => text,
        _ => throw Error($"the value of '{key}' must be a string in quotes."),
    };

    public string Require(string key) => Text(key) ?? throw Error($"the key '{key}' is missing.");

    /// <returns>The number; null where the key is absent.</returns>
    public double? Number(string key) => Value(key) switch
    {
        null => null,
        IntegerValueSyntax { Value: var whole } => whole,
        FloatValueSyntax { Value: var number } => number,
        _ => throw Error($"the value of '{key}' must be a number."),
    };

    /// <returns>Whether it is true; false where the key is absent.</returns>
    public bool Flag(string key) => Value(key) switch
    {
        null => false,
        BooleanValueSyntax { Value: var flag } => flag,
        _ => throw Error($"the value of '{key}' must be true or false."),
    };

    /// <summary>A list of inline tables; empty where the key is absent.</summary>
    public IEnumerable<TomlFields> Tables(string key) => Value(key) switch
    {
        null => [],
        ArraySyntax array => [.. array.Items.Select(item => Inline(key, item.Value))],
        _ => throw Error($"the value of '{key}' must be a list."),
    };

    /// <exception cref="VariantFileException">There are keys that nobody asked for.</exception>
    public void MustBeRead()
    {
        if (_values.Keys.FirstOrDefault(key => !_asked.Contains(key)) is { } unknown)
            throw Error($"unknown key '{unknown}'; known here: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}.");
    }

    public VariantFileException Error(string problem) => new(_path, _line, problem);

    private TomlFields Inline(string key, ValueSyntax? value) => value is InlineTableSyntax table
        ? new TomlFields(_path, table.Span.Start.Line + 1, table.Items.Select(item => item.KeyValue).OfType<KeyValueSyntax>())
        : throw Error(string.Create(CultureInfo.InvariantCulture, $"'{key}' is a list of tables in braces."));

    private ValueSyntax? Value(string key)
    {
        _asked.Add(key);
        return _values.GetValueOrDefault(key);
    }
}
