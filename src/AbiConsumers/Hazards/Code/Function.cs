using Faultline.AbiConsumers.Languages;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>One function of a source, or a macro with arguments, or a whole file of a language without braces.</summary>
internal sealed class Function
{
    private readonly string?[] _names;

    /// <param name="parameters">The tokens between the parentheses behind its name.</param>
    /// <param name="body">All of its tokens, from the brace on.</param>
    /// <param name="isLocal">Whether other files cannot call it.</param>
    public Function(string file, Language language, string name, TokenList parameters, TokenList body, bool isLocal)
    {
        (File, Language, Name, Body, IsLocal) = (file, language, name, body, isLocal);
        Parameters = ParameterNames(parameters);
        var scopes = language is CFamily ? [] : Scopes.Of(body);
        _names = new string?[body.Count];
        for (var at = 0; at < body.Count; at++)
        {
            if (body[at].Kind == TokenKind.Number)
                _names[at] = UffdNames.OfNumber(body[at].Text, language);
            if (body[at].Kind != TokenKind.Name)
                continue;
            var qualifier = body.At(at - 1).Is("::") || body.At(at - 1).Is(".") ? body.At(at - 2).Text : "";
            _names[at] = UffdNames.Of(body[at].Text, qualifier, scopes.Length > 0 ? scopes[at] : "", language);
        }
    }

    public string File { get; }

    public Language Language { get; }

    public string Name { get; }

    public TokenList Body { get; }

    public bool IsLocal { get; }

    public IReadOnlyList<string> Parameters { get; }

    /// <summary>The lines of the file at which code begins that is there only where the code before it is not: <c>#else</c>.</summary>
    public IReadOnlyList<int> Alternatives { get; init; } = [];

    /// <summary>Whether the body has any name of the header.</summary>
    public bool NamesHeader => Array.Exists(_names, name => name is not null);

    /// <summary>The name of the header that a token of the body stands for, or null; a request's number is the request.</summary>
    public string? NameAt(int at) => at >= 0 && at < _names.Length ? _names[at] : null;

    /// <summary>The places in the body that have a name of the header.</summary>
    public IEnumerable<int> Uses(string name)
    {
        for (var at = 0; at < _names.Length; at++)
        {
            if (_names[at] == name)
                yield return at;
        }
    }

    /// <summary>The calls in the body, by the token of the called name.</summary>
    public IEnumerable<int> Calls()
    {
        for (var at = 0; at + 1 < Body.Count; at++)
        {
            if (Body[at].Kind == TokenKind.Name && Body[at + 1].Is("(") && !IsKeyword(Body[at].Text))
                yield return at;
        }
    }

    /// <summary>The arguments of the call whose name stands there.</summary>
    public IReadOnlyList<ArraySegment<Token>> Arguments(int call)
    {
        var arguments = new List<ArraySegment<Token>>();
        for (var from = call + 2; from < Body.Count && arguments.Count < 32;)
        {
            var end = Body.Until(from, ",");
            arguments.Add(Body.Slice(from, Math.Min(end, Body.Count)));
            if (!Body.At(end).Is(","))
                break;
            from = end + 1;
        }
        return arguments;
    }

    private static readonly HashSet<string> Keywords = new(
    [
        "if", "for", "while", "switch", "catch", "return", "sizeof", "match", "loop", "else", "do", "using", "lock", "try", "defined",
        "select", "case", "and", "or", "not",
    ], StringComparer.Ordinal);

    public static bool IsKeyword(string word) => Keywords.Contains(word);

    /// <summary>The name of each parameter: in C and C# its last word, in Rust, Go and Zig its first.</summary>
    private List<string> ParameterNames(TokenList tokens)
    {
        var names = new List<string>();
        for (var from = 0; from < tokens.Count && names.Count < 32;)
        {
            var end = Math.Min(tokens.Until(from, ","), tokens.Count);
            var words = tokens.Slice(from, end).Where(token => token.Kind == TokenKind.Name && !token.IsWord("mut")).ToList();
            names.Add(words.Count == 0 ? "" : Language is RustFamily or Go or Zig or Python ? words[0].Text : words[^1].Text);
            from = end + 1;
        }
        return names;
    }
}
