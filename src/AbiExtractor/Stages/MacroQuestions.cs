using Faultline.AbiExtractor.Clang;

namespace Faultline.AbiExtractor.Stages;

/// <summary>What a probe asks the compiler, by macro name.</summary>
/// <param name="Values">Macros to evaluate: object-like, with a body whose brackets close.</param>
/// <param name="Addresses">Those of them that may be a pointer, to be evaluated as a number: a literal alone is none.</param>
/// <param name="Requests">Those of them that may expand to _IOC: they call something, or name such a macro.</param>
internal sealed record MacroQuestions(IReadOnlySet<string> Values, IReadOnlySet<string> Addresses, IReadOnlySet<string> Requests)
{
    public static MacroQuestions For(IReadOnlyList<MacroDefinition> macros)
    {
        var askable = macros.Where(IsAskable).ToList();
        var callers = new HashSet<string>(StringComparer.Ordinal);
        int before;
        do
        {
            before = callers.Count;
            foreach (var macro in askable)
            {
                if (Calls(macro.Body) || macro.Body.Any(token => callers.Contains(token.Text)))
                    callers.Add(macro.Name);
            }
        }
        while (callers.Count > before);
        return new(Names(askable), Names(askable.Where(macro => macro.Body.Any(token => token.Kind is TokenKind.Identifier or TokenKind.Keyword))), callers);
    }

    /// <summary>Whether a probe with these questions holds the answers to those of <paramref name="others"/>; more questions do no harm where no macro has the name.</summary>
    public bool Cover(MacroQuestions others) =>
        Values.IsSupersetOf(others.Values) && Addresses.IsSupersetOf(others.Addresses) && Requests.IsSupersetOf(others.Requests);

    public static bool IsAskable(MacroDefinition macro) => macro is { FunctionLike: false, Body.Count: > 0 } && IsBalanced(macro);

    private static HashSet<string> Names(IEnumerable<MacroDefinition> macros) => macros.Select(macro => macro.Name).ToHashSet(StringComparer.Ordinal);

    private static bool Calls(IReadOnlyList<SourceToken> body) =>
        body.Zip(body.Skip(1)).Any(pair => pair.First.Kind == TokenKind.Identifier && pair.Second.Text == "(");

    private static bool IsBalanced(MacroDefinition macro)
    {
        var open = new Stack<string>();
        foreach (var text in macro.Body.Where(token => token.Kind == TokenKind.Punctuation).Select(token => token.Text))
        {
            switch (text)
            {
                case "(" or "[" or "{":
                    open.Push(text);
                    break;
                case ")" or "]" or "}":
                    if (open.Count == 0 || open.Pop() != (text switch { ")" => "(", "]" => "[", _ => "{" }))
                        return false;
                    break;
                case ";" or "#" or "##":
                    return false;
            }
        }
        return open.Count == 0;
    }
}
