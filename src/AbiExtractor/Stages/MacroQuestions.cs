using Faultline.AbiExtractor.Clang;

namespace Faultline.AbiExtractor.Stages;

/// <summary>What a probe asks the compiler, by macro name.</summary>
/// <param name="Values">Macros to evaluate: object-like, with a body that stays within its question.</param>
/// <param name="Addresses">Those of them that may be a pointer, to be evaluated as a number: a literal alone is none.</param>
/// <param name="Requests">Those of them that may expand to _IOC: they call something, or name such a macro.</param>
/// <param name="Enumerators">Enumerators whose values may expand to _IOC, by name.</param>
/// <param name="Samples">Macros to evaluate for some arguments, with how many they take.</param>
internal sealed record MacroQuestions(IReadOnlySet<string> Values, IReadOnlySet<string> Addresses, IReadOnlySet<string> Requests,
    IReadOnlyDictionary<string, EnumeratorDefinition> Enumerators, IReadOnlySet<(string Macro, int Parameters)> Samples)
{
    public static MacroQuestions None { get; } = For(new([], []));

    /// <param name="wanted">Macros to ask about wherever they are defined.</param>
    public static MacroQuestions For(HeaderMacros macros, IReadOnlySet<string>? wanted = null)
    {
        List<MacroDefinition> all = [.. macros.Own, .. macros.Others];
        var swallowing = WithUsers(all.Where(SwallowsWhatFollows), all);
        var callers = WithUsers(all.Where(Calls), all);
        var askable = macros.Own.Concat(macros.Others.Where(macro => wanted?.Contains(macro.Name) == true))
            .Where(macro => !swallowing.Contains(macro.Name) && IsBalanced(macro)).ToList();
        var sampled = SampleArguments.Of(askable.Where(macro => macro.FunctionLike));
        askable.RemoveAll(macro => !IsAskable(macro));
        var hidden = macros.Own.Where(macro => !IsItself(macro)).Select(macro => macro.Name).ToHashSet(StringComparer.Ordinal);
        var enumerators = macros.Enumerators.Where(enumerator => !hidden.Contains(enumerator.Name) && IsBalanced(enumerator.Body)
                && !enumerator.Names.Any(swallowing.Contains) && (Calls(enumerator.Body) || enumerator.Names.Any(callers.Contains)))
            .ToDictionary(enumerator => enumerator.Name, StringComparer.Ordinal);
        return new(
            Names(askable),
            Names(askable.Where(macro => macro.Body.Any(token => token.Kind is TokenKind.Identifier or TokenKind.Keyword))),
            Names(askable.Where(macro => callers.Contains(macro.Name))),
            enumerators,
            sampled);
    }

    /// <summary>
    /// Whether a probe with these questions holds the answers to those of <paramref name="others"/>; more questions do no harm
    /// where no macro has the name.
    /// </summary>
    public bool Cover(MacroQuestions others) =>
        Values.IsSupersetOf(others.Values) && Addresses.IsSupersetOf(others.Addresses) && Requests.IsSupersetOf(others.Requests)
        && Samples.IsSupersetOf(others.Samples) && HasEnumerators(others);

    /// <summary>
    /// Whether a probe with these questions asks about the enumerators of <paramref name="others"/> and no others: the values of
    /// those are from elsewhere, and may be anything.
    /// </summary>
    private bool HasEnumerators(MacroQuestions others) => Enumerators.Count == others.Enumerators.Count
        && Enumerators.All(asked => others.Enumerators.TryGetValue(asked.Key, out var known) && known.Letters == asked.Value.Letters);

    /// <summary>These questions and those of <paramref name="others"/>.</summary>
    public MacroQuestions And(MacroQuestions? others) => others is null ? this : new(
        Values.Union(others.Values).ToHashSet(StringComparer.Ordinal),
        Addresses.Union(others.Addresses).ToHashSet(StringComparer.Ordinal),
        Requests.Union(others.Requests).ToHashSet(StringComparer.Ordinal),
        Enumerators,
        Samples.Union(others.Samples).ToHashSet());

    /// <summary>These questions without those about one macro.</summary>
    public MacroQuestions Without(string macro) => new(
        Values.Where(name => name != macro).ToHashSet(StringComparer.Ordinal),
        Addresses.Where(name => name != macro).ToHashSet(StringComparer.Ordinal),
        Requests.Where(name => name != macro).ToHashSet(StringComparer.Ordinal),
        Enumerators.Where(item => item.Key != macro).ToDictionary(StringComparer.Ordinal),
        Samples.Where(sample => sample.Macro != macro).ToHashSet());

    /// <summary>Whether a macro or enumerator is asked about.</summary>
    public bool Ask(string macro) => Values.Contains(macro) || Enumerators.ContainsKey(macro) || Samples.Any(sample => sample.Macro == macro);

    /// <summary>Whether a macro can be asked about, as far as its own body tells.</summary>
    public static bool IsAskable(MacroDefinition macro) => macro is { FunctionLike: false, Body.Count: > 0 } && IsBalanced(macro);

    private static HashSet<string> Names(IEnumerable<MacroDefinition> macros) => macros.Select(macro => macro.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>The names of some macros, and of those that name one of them, directly or through others.</summary>
    private static HashSet<string> WithUsers(IEnumerable<MacroDefinition> macros, IReadOnlyList<MacroDefinition> all)
    {
        var found = Names(macros);
        if (found.Count == 0)
            return found;
        var users = all.SelectMany(user => user.Names.Select(name => (Name: name, User: user.Name))).ToLookup(use => use.Name, use => use.User, StringComparer.Ordinal);
        var open = new Stack<string>(found);
        while (open.TryPop(out var name))
        {
            foreach (var user in users[name].Where(found.Add))
                open.Push(user);
        }
        return found;
    }

    /// <remarks>Function-like macros call others without being a request: naming one is no call.</remarks>
    private static bool Calls(MacroDefinition macro) => !macro.FunctionLike && Calls(macro.Body);

    private static bool Calls(IReadOnlyList<SourceToken> body) => body.Zip(body.Skip(1)).Any(pair => pair.First.Kind == TokenKind.Identifier && pair.Second.Text == "(");

    /// <summary><c>#define X X</c>, next to an enumerator X.</summary>
    public static bool IsItself(MacroDefinition macro) =>
        macro is { FunctionLike: false, Body.Count: 1 } && macro.Body[0].Text == macro.Name;

    private static IEnumerable<string> Punctuation(IReadOnlyList<SourceToken> body) => body
        .Where(token => token.Kind == TokenKind.Punctuation)
        .Select(token => token.Text switch
        {
            "<%" => "{", "%>" => "}", "<:" => "[", ":>" => "]", "%:" => "#", "%:%:" => "##", var text => text,
        });

    private static bool IsBalanced(MacroDefinition macro) => IsBalanced(macro.Body);

    private static bool IsBalanced(IReadOnlyList<SourceToken> body)
    {
        var open = new Stack<string>();
        foreach (var text in Punctuation(body))
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

    /// <summary>
    /// Whether what the macro expands to may reach out of a question that names it: a brace in it has no partner, or a
    /// statement ends outside brackets. An open parenthesis ends with its question.
    /// </summary>
    private static bool SwallowsWhatFollows(MacroDefinition macro)
    {
        var (brackets, braces) = (0, 0);
        foreach (var text in Punctuation(macro.Body))
        {
            brackets += text switch { "(" or "[" or "{" => 1, ")" or "]" or "}" => -1, _ => 0 };
            braces += text switch { "{" => 1, "}" => -1, _ => 0 };
            if (braces < 0 || (text == ";" && brackets <= 0))
                return true;
        }
        return braces > 0;
    }
}
