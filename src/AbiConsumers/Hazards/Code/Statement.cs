using Faultline.AbiConsumers.Languages;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>What becomes of the result of a call, as far as its statement tells: which way a program goes when it succeeds.</summary>
/// <param name="End">The last token of the statement, with all branches of an <c>if</c>.</param>
/// <param name="Way">Where success leads.</param>
internal sealed record Statement(int End, AfterSuccess Way)
{
    private static readonly HashSet<string> Unclear = new(["EINVAL", "errno", "is_err", "unwrap_or", "ok", "else"], StringComparer.Ordinal);

    private static readonly HashSet<string> Leaving = new(["return", "goto", "break", "continue", "throw", "exit", "abort", "err", "errx",
        "die", "fail", "fatal", "panic", "bail", "skip", "unreachable", "fatalf"], StringComparer.Ordinal);

    /// <summary>Reads the statement around a call.</summary>
    /// <param name="call">The first token of the call, with its path.</param>
    /// <param name="close">The parenthesis that ends it.</param>
    public static Statement Of(Function function, int call, int close)
    {
        var body = function.Body;
        var start = Start(body, call);
        var opener = body.At(start - 1);
        // Under a condition without braces, or as one of several ways.
        if (opener.Is(")") || opener.IsWord("else") || opener.IsWord("do") || opener.Is(":") || opener.Is("=>"))
            return new(close, AfterSuccess.Unknown);
        var keyword = Enumerable.Range(start, call - start).FirstOrDefault(at => body[at].Text is "if" or "while" or "for" or "match"
            or "switch" or "return" or "guard" or "try" or "catch", -1);
        if (keyword < 0)
            return Plain(function, start, call, close);
        if (!body[keyword].IsWord("if") || keyword != start)
            return new(close, AfterSuccess.Unknown);
        return Branching(function, start, call, close);
    }

    /// <summary>Whether success is what a condition or a wrapped call complains of: a test that wants a refusal.</summary>
    public static bool WantsRefusal(Function function, int call, int close)
    {
        var body = function.Body;
        var start = Start(body, call);
        if (!body[start].IsWord("if"))
            return start < call && Variable(body, start, call) is null && !body.Slice(start, call).Any(token => token.IsWord("return"))
                && Words(body, start, call, close).Exists(IsRefusal);
        var behind = close + 1;
        while (body.At(behind).Is(")") || body.At(behind).Is("}"))
            behind++;
        return body.At(call - 1).Is("!") || body.At(behind).Is(">=") || (body.At(behind).Is("==") && body.At(behind + 1).Text == "0");
    }

    /// <summary>A call that is a statement, or whose result a variable gets.</summary>
    private static Statement Plain(Function function, int start, int call, int close)
    {
        var body = function.Body;
        if (Variable(body, start, call) is not { } variable)
            return new(close, Words(body, start, call, close) is { Count: > 0 } around && around.Exists(IsRefusal)
                ? AfterSuccess.Unknown : AfterSuccess.GoesOn);
        // The first condition that asks for the variable decides; in Go and Rust it may be the next statement.
        for (var at = close; at < Math.Min(body.Count, close + 64); at++)
        {
            if (!body[at].IsWord("if"))
                continue;
            var end = ConditionEnd(function, at + 1);
            if (body.Slice(at, end).All(token => !token.IsWord(variable)))
                continue;
            return new(BranchesEnd(body, end), IsFailure(body, at + 1, end, variable) && Leaves(body, end) ? AfterSuccess.GoesOn
                : AfterSuccess.Unknown);
        }
        return new(close, AfterSuccess.Unknown);
    }

    private static Statement Branching(Function function, int start, int call, int close)
    {
        var body = function.Body;
        var end = ConditionEnd(function, start + 1);
        // if _, _, e := unix.Syscall(…); e != 0 {
        var variable = Variable(body, start + 1, call);
        var isFailure = variable is null ? IsFailure(body, start + 1, end, (call, close)) : IsFailure(body, close + 1, end, variable);
        return new(BranchesEnd(body, end), isFailure && Leaves(body, end) ? AfterSuccess.GoesOn : AfterSuccess.Unknown);
    }

    /// <summary>Whether a branch does not come back, as far as its words tell: only success goes on behind it then.</summary>
    private static bool Leaves(TokenList body, int at) =>
        body.Slice(at, Math.Min(body.At(at).Is("{") ? body.Partner(at) : body.Until(at, ";"), body.Count))
            .Any(token => token.Kind == TokenKind.Name && Matching.Spelling.Words(token.Text).Any(Leaving.Contains));

    /// <summary>The first token of the statement that a token stands in.</summary>
    private static int Start(TokenList body, int at)
    {
        for (at--; at >= 0; at--)
        {
            if (body[at].Is(";") || body[at].Is("}") || (body[at].Is("{") && !body.At(at - 1).IsWord("unsafe"))
                || (body[at].Is(":") && body.At(at - 1).Kind is TokenKind.Name or TokenKind.Number && !body.At(at + 1).Is(":")))
                break;
            // Go and Zig may leave no sign between statements: a call that begins a line begins one.
            if (body[at].Is(")") && body.At(at + 1).Line > body[at].Line && body.At(at + 1).Kind == TokenKind.Name)
                break;
            if (body.At(at + 1).Text is "if" or "return" && body.At(at + 1).Line > body[at].Line)
                break;
        }
        return at + 1;
    }

    /// <summary>What the result is given to: <c>rc = …</c>, <c>_, _, errno := …</c>, <c>let r = …</c>.</summary>
    private static string? Variable(TokenList body, int start, int call)
    {
        for (var at = call - 1; at > start; at--)
        {
            if ((body[at].Is("=") || body[at].Is(":=")) && body[at - 1].Kind == TokenKind.Name)
                return body[at - 1].Text;
        }
        return null;
    }

    private static List<Token> Words(TokenList body, int start, int call, int close) =>
        [.. body.Slice(start, call), .. body.Slice(close + 1, Math.Min(body.Until(close + 1, ";"), body.Count))];

    private static bool IsRefusal(Token token) => token.Text is "1" or "<" or "!=" or "!" or "EINVAL" or "errno" || token.IsWord("is_err");

    /// <summary>Whether a condition around a call holds only where the call failed.</summary>
    private static bool IsFailure(TokenList body, int from, int to, (int First, int Close) call)
    {
        if (body.Slice(from, to).Any(token => Unclear.Contains(token.Text)) || body.At(call.First - 1).Is("!")
            || body.Slice(from, to).Any(token => token.Is("&&")))
            return false;
        var behind = call.Close + 1;
        while (body.At(behind).Is(")") && behind < to || body.At(behind).Is("}"))
            behind++;
        return body.At(behind).Text switch
        {
            "<" => body.At(behind + 1).Text == "0",
            "!=" => body.At(behind + 1).Text == "0",
            "==" => body.At(behind + 1).Is("-"),
            "{" or "||" => true,
            _ => behind >= to,
        };
    }

    /// <summary>The same of a variable that has the result.</summary>
    private static bool IsFailure(TokenList body, int from, int to, string variable)
    {
        if (body.Slice(from, to).Any(token => Unclear.Contains(token.Text) && token.Text != variable)
            || body.Slice(from, to).Any(token => token.Is("&&")))
            return false;
        var at = Enumerable.Range(from, Math.Max(0, to - from)).FirstOrDefault(place => body[place].IsWord(variable), -1);
        return at >= 0 && !body.At(at - 1).Is("!") && (body.At(at + 1).Text switch
        {
            "<" => body.At(at + 2).Text == "0",
            "!=" => body.At(at + 2).Text is "0" or "nil",
            "==" => body.At(at + 2).Is("-"),
            ")" or "{" or "||" => true,
            _ => false,
        });
    }

    /// <summary>Behind the condition of an <c>if</c>: where its body begins.</summary>
    /// <param name="from">Behind the word.</param>
    private static int ConditionEnd(Function function, int from)
    {
        var body = function.Body;
        if (function.Language is CFamily or CSharpFamily or Zig && body.At(from).Is("("))
            return Math.Min(body.Partner(from) + 1, body.Count);
        for (var at = from; at < body.Count; at++)
        {
            if (body[at].Is("(") || body[at].Is("[") || (body[at].Is("{") && body.At(at - 1).IsWord("unsafe")))
                at = body.Partner(at) is var partner && partner > at ? partner : body.Count;
            else if (body[at].Is("{"))
                return at;
        }
        return body.Count;
    }

    /// <summary>The last token of all branches.</summary>
    private static int BranchesEnd(TokenList body, int at)
    {
        while (true)
        {
            var end = body.At(at).Is("{") ? body.Partner(at) : body.Until(at, ";");
            if (!body.At(end + 1).IsWord("else"))
                return Math.Min(end, body.Count);
            at = end + 2;
            while (at < body.Count && !body[at].Is("{") && !body[at].Is(";"))
                at++;
        }
    }
}
