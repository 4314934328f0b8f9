using System.Text.RegularExpressions;
using Faultline.AbiEmit.C;
using Faultline.AbiEmit.CSharp;
using Faultline.AbiEmit.Go;
using Faultline.AbiEmit.Native;
using Faultline.AbiEmit.Rust;
using Faultline.AbiEmit.Syzlang;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Languages;

/// <summary>A language that a model can be written in, as one file.</summary>
/// <param name="Name">As users name it: <c>rust</c>.</param>
public sealed record Language(string Name, Func<AbiSpec, EmissionSource, string> Emit)
{
    /// <summary>What a namespace or package of it may be called; null when it has none.</summary>
    public Regex? Package { get; private init; }

    private static string NoWord => $@"(?!(?:{string.Join("|", CSharpName.Reserved)})(?:\.|\z))";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        new("csharp", CSharpLanguage.Emit)
        {
            Package = new($@"\A(?:{NoWord}[A-Za-z_]\w*\.)*{NoWord}[A-Za-z_]\w*\z"),
        },
        new("rust", RustEmitter.Emit),
        // Not a word of the language, nor "_"; main is a package's name too.
        new("go", GoEmitter.Emit)
        {
            Package = new($@"\A(?!(?:_|{string.Join("|", GoEmitter.Keywords.Where(word => word is not ("main" or "unsafe")))})\z)"
                + @"[A-Za-z_]\w*\z"),
        },
        new("syzlang", SyzEmitter.Emit),
        new("c", CEmitter.Emit),
    ];
}
