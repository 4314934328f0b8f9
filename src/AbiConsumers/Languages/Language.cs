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

    /// <summary>Whether a file whose name has one of the endings is in this language. For endings that many formats share.</summary>
    public virtual bool Recognises(string text) => true;

    /// <summary>Code in another language that a file holds where this language has a comment; its lines stay where they are.</summary>
    public virtual (Language Language, string Text)? Embedded(string text) => null;

    private static readonly Language[] All =
    [
        new CFamily(), new RustFamily(), new Zig(), new Go(), new CSharpFamily("C#", ".cs", enumsAreNumbers: true),
        new CSharpFamily("Java", ".java", enumsAreNumbers: false), new Python(), new Syzlang(), new SyzlangConstants(),
    ];

    /// <summary>The language that a file's name says; whether the file really is in it, <see cref="Recognises"/> tells.</summary>
    public static Language? OfFile(string file) => Array.Find(All, language => language.Extensions.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)));

    public static IEnumerable<string> Names => All.Select(language => language.Name).Distinct();
}

/// <summary>What a file defines, as it is found.</summary>
internal sealed class Found
{
    public List<Definition> Constants { get; } = [];

    public List<RecordDefinition> Records { get; } = [];
}
