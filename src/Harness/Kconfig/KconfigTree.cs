using System.Text.RegularExpressions;

namespace Faultline.Harness.Kconfig;

/// <summary>
/// The options of a kernel tree with their dependencies. kconfig itself has no query for "why is this off"; this reads the Kconfig files as
/// it does (kconfig-language.rst), as far as that question needs: definitions, prompts, dependencies and selects, not values or types.
/// </summary>
internal sealed partial class KconfigTree
{
    private readonly Dictionary<string, List<KconfigDefinition>> _definitions = new(StringComparer.Ordinal);
    private readonly Func<string, string?> _read;
    private readonly string _architecture;

    private KconfigTree(Func<string, string?> read, string architecture)
    {
        _read = read;
        _architecture = architecture;
    }

    /// <param name="read">Gives the text of a file by its path inside the tree; null when there is none.</param>
    /// <param name="architecture">SRCARCH: <c>x86</c>.</param>
    public static KconfigTree Load(Func<string, string?> read, string architecture = "x86")
    {
        var tree = new KconfigTree(read, architecture);
        tree.ReadFile("Kconfig", []);
        return tree;
    }

    /// <inheritdoc cref="Load(Func{string, string?}, string)"/>
    public static KconfigTree LoadFolder(string folder) => Load(path =>
    {
        var file = Path.Combine(folder, path);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    });

    public IReadOnlyList<KconfigDefinition> DefinitionsOf(string symbol) =>
        _definitions.TryGetValue(symbol, out var found) ? found : [];

    /// <summary>The options that switch <paramref name="symbol"/> on under a configuration.</summary>
    public IEnumerable<string> SelectorsOf(string symbol, KconfigValues values) => _definitions.Values
        .SelectMany(d => d)
        .Where(d => values.Get(d.Symbol) != "n" && d.Selects.Any(s => s.Target == symbol && (s.Condition?.Evaluate(values) ?? 2) > 0))
        .Select(d => d.Symbol)
        .Distinct();

    private void ReadFile(string path, List<KconfigExpression> around)
    {
        if (_read(path) is { } text)
            new FileReader(this, path, around).Read(LogicalLines(text));
    }

    /// <summary>Lines with continuations joined; the number is that of the first.</summary>
    private static IEnumerable<(string Text, int Number)> LogicalLines(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var (line, number) = (lines[i].TrimEnd('\r'), i + 1);
            while (line.EndsWith('\\') && i + 1 < lines.Length)
                line = line[..^1] + lines[++i].TrimEnd('\r');
            yield return (line, number);
        }
    }

    private sealed class FileReader(KconfigTree tree, string path, List<KconfigExpression> around)
    {
        /// <summary>The blocks that are open in this file, each with the conditions it adds to what is inside.</summary>
        private readonly Stack<List<KconfigExpression>> _blocks = new();
        private KconfigDefinition? _entry;
        private int? _helpIndent;

        public void Read(IEnumerable<(string Text, int Number)> lines)
        {
            foreach (var (raw, number) in lines)
            {
                if (raw.Trim().Length == 0 || InHelp(raw))
                    continue;
                var line = StripComment(raw).Trim();
                if (line.Length > 0 && !Structure(line, number))
                    Attribute(line);
            }
        }

        /// <summary>Help text lasts as long as lines are indented at least as far as its first one.</summary>
        private bool InHelp(string raw)
        {
            if (_helpIndent is not { } indent)
                return false;
            var own = raw.Replace("\t", "        ", StringComparison.Ordinal).TakeWhile(c => c == ' ').Count();
            if (indent == 0 && own > 0)
            {
                _helpIndent = own;
                return true;
            }

            if (own > 0 && own >= indent)
                return true;
            _helpIndent = null;
            return false;
        }

        private bool Structure(string line, int number)
        {
            var (word, rest) = Split(line);
            switch (word)
            {
                case "config" or "menuconfig":
                    _entry = new KconfigDefinition(rest, path, number);
                    _entry.Dependencies.AddRange(Conditions());
                    if (!tree._definitions.TryGetValue(rest, out var list))
                        tree._definitions[rest] = list = [];
                    list.Add(_entry);
                    return true;
                case "if":
                    _entry = null;
                    _blocks.Push(Condition(rest) is { } condition ? [condition] : []);
                    return true;
                case "menu" or "choice":
                    _entry = null;
                    _blocks.Push([]);
                    return true;
                case "endif" or "endmenu" or "endchoice":
                    _entry = null;
                    _blocks.TryPop(out _);
                    return true;
                case "comment" or "mainmenu":
                    // A comment's own "depends on" belongs to nobody.
                    _entry = new KconfigDefinition("", path, number);
                    return true;
                case "source":
                    _entry = null;
                    tree.ReadFile(rest.Trim('"').Replace("$(SRCARCH)", tree._architecture, StringComparison.Ordinal), [.. Conditions()]);
                    return true;
                default:
                    return false;
            }
        }

        private void Attribute(string line)
        {
            var (word, rest) = Split(line);
            switch (word)
            {
                case "help" or "---help---":
                    _helpIndent = 0;
                    break;
                case "depends" when rest.StartsWith("on", StringComparison.Ordinal):
                    if (Condition(rest[2..]) is { } dependency)
                        (_entry?.Dependencies ?? Innermost()).Add(dependency);
                    break;
                case "visible" when rest.StartsWith("if", StringComparison.Ordinal):
                    // Counts as a dependency here: an option in an invisible menu cannot be set either.
                    if (Condition(rest[2..]) is { } visible)
                        Innermost().Add(visible);
                    break;
                case "bool" or "tristate" or "string" or "int" or "hex" or "prompt" when _entry is not null && Prompt().Match(rest) is { Success: true } prompt:
                    _entry.HasPrompt = true;
                    if (prompt.Groups[1].Success && Condition(prompt.Groups[1].Value) is { } shown)
                        _entry.PromptConditions.Add(shown);
                    break;
                case "select" or "imply" when _entry is not null && word == "select":
                    var parts = rest.Split(" if ", 2);
                    _entry.Selects.Add((parts[0].Trim(), parts.Length > 1 ? Condition(parts[1]) : null));
                    break;
            }
        }

        private IEnumerable<KconfigExpression> Conditions() => around.Concat(_blocks.Reverse().SelectMany(b => b));

        private List<KconfigExpression> Innermost() => _blocks.TryPeek(out var block) ? block : [];

        private static (string Word, string Tail) Split(string line)
        {
            var end = line.AsSpan().IndexOfAny(' ', '\t', '"');
            return end < 0 ? (line, "") : (line[..end], line[end..].Trim());
        }

        /// <summary>Null for a condition outside what this reader understands: it then says nothing rather than something wrong.</summary>
        private static KconfigExpression? Condition(string text)
        {
            try
            {
                return KconfigExpression.Parse(text.Trim());
            }
            catch (FormatException)
            {
                return null;
            }
        }

        private static string StripComment(string line)
        {
            var quoted = false;
            for (var i = 0; i < line.Length; i++)
            {
                if (line[i] == '"')
                    quoted = !quoted;
                else if (line[i] == '#' && !quoted)
                    return line[..i];
            }

            return line;
        }
    }

    [GeneratedRegex("""^["'].*["'](?:\s+if\s+(.+))?$""")]
    private static partial Regex Prompt();
}
