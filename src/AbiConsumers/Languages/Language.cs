using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>How one family of languages spells constants and structs.</summary>
/// <remarks>Readers look for shapes and skip what they do not know: no input is an error.</remarks>
internal abstract class Language
{
    public abstract string Name { get; }

    /// <summary>File name endings, with the dot.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    public abstract LexicalRules Rules { get; }

    /// <summary>Finds what the tokens of one file define.</summary>
    public abstract void Read(TokenList tokens, Found found);

    private static readonly Language[] All = [new CFamily(), new RustFamily(), new Go(), new CSharpFamily(), new Python()];

    public static Language? OfFile(string file) => Array.Find(All, language => language.Extensions.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)));

    public static IEnumerable<string> Names => All.Select(language => language.Name);
}

/// <summary>What a file defines, as it is found.</summary>
internal sealed class Found
{
    public List<Definition> Constants { get; } = [];

    public List<RecordDefinition> Records { get; } = [];
}
