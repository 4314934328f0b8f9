namespace Faultline.AbiConsumers.Languages;

/// <summary>Languages that no reader knows: sources in them are named in the report rather than passed over in silence.</summary>
internal static class UnreadLanguage
{
    private static readonly Dictionary<string, string> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".swift"] = "Swift", [".kt"] = "Kotlin", [".kts"] = "Kotlin", [".scala"] = "Scala", [".groovy"] = "Groovy", [".clj"] = "Clojure",
        [".fs"] = "F#", [".vb"] = "Visual Basic", [".m"] = "Objective-C", [".mm"] = "Objective-C", [".d"] = "D", [".nim"] = "Nim",
            [".cr"] = "Crystal",
        [".odin"] = "Odin", [".ha"] = "Hare", [".vala"] = "Vala", [".ml"] = "OCaml", [".mli"] = "OCaml", [".hs"] = "Haskell",
            [".hsc"] = "Haskell",
        [".chs"] = "Haskell", [".erl"] = "Erlang", [".ex"] = "Elixir", [".exs"] = "Elixir", [".rb"] = "Ruby", [".pl"] = "Perl",
            [".pm"] = "Perl",
        [".xs"] = "Perl XS", [".php"] = "PHP", [".lua"] = "Lua", [".jl"] = "Julia", [".r"] = "R", [".js"] = "JavaScript",
            [".mjs"] = "JavaScript",
        [".ts"] = "TypeScript", [".dart"] = "Dart", [".lisp"] = "Lisp", [".scm"] = "Scheme", [".rkt"] = "Racket", [".adb"] = "Ada",
            [".ads"] = "Ada",
        [".pas"] = "Pascal", [".f90"] = "Fortran", [".s"] = "assembly", [".asm"] = "assembly", [".i"] = "SWIG", [".bt"] = "bpftrace",
    };

    /// <summary>The language's name; null for files that are no source, or that a reader knows.</summary>
    public static string? OfFile(string file) => ByEnding.GetValueOrDefault(Path.GetExtension(file));
}
