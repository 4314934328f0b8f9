using Faultline.AbiConsumers.Hazards.Code;
using Faultline.AbiConsumers.Languages;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Hazards.Rules;

/// <summary>A handshake on a descriptor that had one, in one function or through functions that make one on a parameter.</summary>
/// <remarks>
/// Only a handshake that was accepted shuts out another: one that was refused may be tried again. So there must be no way around the
/// first, and the second must stand where the first succeeded.
/// </remarks>
internal static class SecondHandshake
{
    /// <param name="TellsResult">Whether its value is that of the ioctl: negative where it was refused.</param>
    private sealed record Made(
        Function Function, int At, int Start, int Close, string Descriptor, bool IsDirect, bool TellsResult = true)
    {
        public bool IsStatement => Function.Body.At(Start - 1).Text is ";" or "{" or "}" && Function.Body.At(Close + 1).Is(";");
    }

    public static IEnumerable<Hazard> In(SourceProgram program)
    {
        var direct = program.Made(UffdNames.Api).Select(Direct).OfType<Made>().ToList();
        var all = direct.Concat(direct.GroupBy(made => made.Function).Where(made => made.Count() == 1)
            .SelectMany(made => Through(made.Single(), program)));
        foreach (var group in all.Where(made => made.Function.Language is not Python && !MayExpectIt(made.Function))
            .GroupBy(made => (made.Function, made.Descriptor)))
        {
            var inOrder = group.OrderBy(made => made.At).ToList();
            for (var index = 1; index < inOrder.Count; index++)
            {
                var (first, second) = (inOrder[index - 1], inOrder[index]);
                if (!(first.TellsResult || first.IsStatement)
                    || Statement.Of(first.Function, first.Start, first.Close) is not { Way: AfterSuccess.GoesOn } statement
                    || second.At <= statement.End || !IsReached(first.Function, first.Start, statement.End, second.Start)
                    || IsAnother(first.Function, first.Close, second.Start, first.Descriptor)
                    || Statement.WantsRefusal(second.Function, second.Start, second.Close))
                    continue;
                yield return first.Function.Hazard(HazardKind.SecondHandshake, second.At,
                    $"'{first.Descriptor}' had its handshake in line {first.Function.Body[first.At].Line}",
                    first.IsDirect && second.IsDirect ? Sureness.Certain : Sureness.Likely);
                break;
            }
        }
    }

    private static Made? Direct(Request request)
    {
        var arguments = request.Function.Arguments(request.Call);
        var index = arguments.ToList().FindIndex(argument =>
            argument.Offset <= request.At && request.At < argument.Offset + argument.Count);
        return index < 1 || Path(arguments[index - 1]) is not { } descriptor ? null
            : new(request.Function, request.At, First(request.Function.Body, request.Call), request.Function.Body.Partner(request.Call + 1),
                descriptor, IsDirect: true);
    }

    /// <summary>Calls of a function that makes its handshake on a parameter.</summary>
    private static IEnumerable<Made> Through(Made made, SourceProgram program)
    {
        var parameter = made.Function.Parameters.ToList().IndexOf(made.Descriptor);
        if (parameter < 0 || IsAnother(made.Function, 0, made.Start, made.Descriptor))
            yield break;
        var tells = made.Function.Body.At(made.Start - 1).IsWord("return") && made.Function.Body.At(made.Close + 1).Is(";");
        foreach (var (caller, at) in program.CallsOf(made.Function))
        {
            var arguments = caller.Arguments(at);
            if (parameter < arguments.Count && Path(arguments[parameter]) is { } descriptor)
                yield return new(caller, at, First(caller.Body, at), caller.Body.Partner(at + 1), descriptor, IsDirect: false, tells);
        }
    }

    /// <summary>The tokens of a variable or member, without casts; null for anything else.</summary>
    private static string? Path(ArraySegment<Token> argument)
    {
        var tokens = argument.ToList();
        // uintptr(fd), (int)fd, fd as i32
        while (tokens is [{ Kind: TokenKind.Name }, var open, .. var inside, var close] && open.Is("(") && close.Is(")"))
            tokens = inside;
        if (tokens.FindIndex(token => token.IsWord("as")) is > 0 and var cast)
            tokens = tokens[..cast];
        if (tokens is [.. var path, { Text: "as_raw_fd" or "Fd" or "fd" }, var left, var right] && left.Is("(") && right.Is(")"))
            tokens = [.. path.SkipLast(1)];
        return tokens.Count > 0 && tokens.TrueForAll(token => token.Kind == TokenKind.Name || token.Is(".") || token.Is("->"))
            ? string.Concat(tokens.Select(token => token.Text)) : null;
    }

    /// <summary>The first token of a call with its path: <c>libc::ioctl</c>, <c>unix.Syscall</c>.</summary>
    private static int First(TokenList body, int call)
    {
        while (body.At(call - 1).Text is "::" or "." or "->" && body.At(call - 2).Kind == TokenKind.Name)
            call -= 2;
        return call;
    }

    /// <summary>A test may want to see that the second is refused.</summary>
    private static bool MayExpectIt(Function function) => function.Body.Any(token => token.Text is "EINVAL" or "InvalidInput");

    /// <summary>Whether nothing between the two leads around the first, or ends the function before the second.</summary>
    private static bool IsReached(Function function, int first, int end, int second)
    {
        var body = function.Body;
        var block = Block(body, first);
        if (Block(body, second) is var inner && inner != block && !IsWithin(body, inner, block))
            return false;
        for (var at = end + 1; at < second; at++)
        {
            if (body[at].Is("{") && body.Partner(at) < second && body.Partner(at) > at)
                at = body.Partner(at);
            else if (body[at].Text is "return" or "goto" or "break" or "continue" && !IsConditional(body, at)
                || body[at].Text is "case" or "default")
                return false;
        }
        return !function.Alternatives.Any(line => line > body[first].Line && line <= body[second].Line);
    }

    private static bool IsConditional(TokenList body, int at) => body.At(at - 1).Is(")") || body.At(at - 1).IsWord("else");

    /// <summary>The brace of the block around a token; those of <c>unsafe</c> are none.</summary>
    private static int Block(TokenList body, int token)
    {
        for (var at = token - 1; at >= 0; at--)
        {
            if (body[at].Is("{") && !body.At(at - 1).IsWord("unsafe") && (body.Partner(at) > token || body.Partner(at) == 0))
                return at;
        }
        return -1;
    }

    private static bool IsWithin(TokenList body, int inner, int outer)
    {
        for (; inner > outer; inner = Block(body, inner))
        {
            // The other way of a condition, or a function written there.
            if (body.At(inner - 1).IsWord("else") || body.At(inner - 1).Is("=>") || body.At(inner - 1).Is("|"))
                return false;
        }
        return inner == outer;
    }

    /// <summary>Whether the variable gets another descriptor in between, or this one is closed.</summary>
    private static bool IsAnother(Function function, int from, int to, string descriptor)
    {
        var body = function.Body;
        var root = descriptor.Split('.', '-')[0];
        for (var at = from; at < to; at++)
        {
            if (body[at].Text is "close" or "Close" or "drop" or "dup2")
                return true;
            if (body[at].IsWord(root) && (body.At(at + 1).Is("=") || body.At(at + 1).Is(":=") || body.At(at - 1).Is("&")
                || body.At(at + 1).Is(",") && body.Slice(at, Math.Min(at + 8, body.Count)).Any(token => token.Is(":="))))
                return true;
            if (body[at].IsWord(descriptor.Split('.', '>')[^1]) && body.At(at + 1).Is("="))
                return true;
        }
        return false;
    }
}
