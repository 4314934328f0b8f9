using Faultline.AbiConsumers.Hazards.Code;
using Faultline.AbiConsumers.Languages;

namespace Faultline.AbiConsumers.Hazards.Rules;

/// <summary>The handshake: asked in one step, or its answer not looked at.</summary>
internal static class Handshaking
{
    /// <summary>Words of functions that only find out whether something is there.</summary>
    private static readonly string[] Probing = ["have", "has", "support", "supported", "available", "check", "probe", "detect", "query",
        "test", "compatible", "can"];

    /// <summary>Every kernel that is still maintained has the features that came before 4.15.</summary>
    private const int Young = 415;

    public static IEnumerable<Hazard> In(SourceProgram program) =>
        [.. OneStep(program), .. Ignored(program), .. NeverAsked(program), .. Unchecked(program)];

    private static IEnumerable<Hazard> OneStep(SourceProgram program)
    {
        var asked = program.Handshakes.Select(item => (item.Request.Function, item.Request.At, item.Asked)).ToList();
        // A wrapper takes the features as a parameter: its callers ask.
        foreach (var wrapper in program.Handshakes.Where(item => !item.Asked.IsKnown && item.Asked.Names.Count == 0)
            .Select(item => item.Request.Function).Distinct())
            asked.AddRange(program.CallsOf(wrapper).Select(call => (call.Caller, call.At, Arguments(call.Caller, call.At, program))));
        asked.AddRange(from item in program.Tokens()
                       where item.Token.IsWord("require_features") && item.Function.Body.At(item.At + 1).Is("(")
                       let end = item.Function.Body.Until(item.At + 2, ")")
                       select (item.Function, item.At, program.Reader.Read(item.Function, item.At + 2, end)));
        var isQueried = asked.Exists(item => item.Asked.IsZero);
        foreach (var (function, at, flags) in asked.Where(item => item.Asked.IsKnown && item.Asked.Features.Any() && !isQueried))
        {
            var (kernel, feature) = UffdNames.Youngest(flags.Features);
            var isTriedAgain = program.Handshakes.Count(item => item.Request.Function == function) > 1;
            var expectsRefusal = Enumerable.Range(0, function.Body.Count).Any(place => function.Body[place].Text is "EINVAL");
            if (kernel < Young || isTriedAgain || expectsRefusal || (IsProbe(function, at, program) && !IsTheOnlyOne(program)))
                continue;
            var since = kernel == 999 ? $"all without {feature}"
                : $"before {kernel / 100}.{kernel % 100}, or configured without what {feature} needs";
            yield return function.Hazard(HazardKind.OneStepHandshake, at,
                $"asks for {Find.Short(flags.Features)}, and no handshake asks what there is", Sureness.Likely, since);
        }
    }

    /// <summary>The features among a call's arguments; a call without any and with a zero may be the query.</summary>
    private static Flags Arguments(Function caller, int at, SourceProgram program)
    {
        var flags = program.Reader.Read(caller, at + 2, caller.Body.Until(at + 2, ")"));
        if (flags.Features.Any())
            return flags with { IsKnown = true };
        var isZero = caller.Arguments(at).Any(argument => argument.Count > 0
            && program.Reader.Read(caller, argument.Offset, argument.Offset + argument.Count).IsZero);
        return isZero ? Flags.Zero : Flags.Unknown;
    }

    /// <summary>A handshake that only finds out whether the features are there: its function gives the descriptor back and makes no
    /// other request.</summary>
    private static bool IsProbe(Function function, int at, SourceProgram program) =>
        !program.Requests.Any(request => request.Function == function && request.Name != UffdNames.Api)
        && (Matching.Spelling.Words(function.Name).Any(Probing.Contains)
            || function.Calls().Count(call => function.Body[call].IsWord("close")) > 1);

    /// <summary>
    /// Whether the program goes on with the descriptor of its only handshake, whatever the function is called that makes it.
    /// </summary>
    private static bool IsTheOnlyOne(SourceProgram program) =>
        program.Handshakes.Count == 1 && program.Requests.Any(request => request.Name != UffdNames.Api);

    /// <summary>The handshake is a statement: nobody looks at its result.</summary>
    private static IEnumerable<Hazard> Ignored(SourceProgram program) =>
        from request in program.Made(UffdNames.Api)
        let body = request.Function.Body
        where request.Function.Language is not (Python or Go) && body[request.Call].Text is "ioctl" or "Ioctl"
        let before = body.At(request.Call - 1).Is("::") || body.At(request.Call - 1).Is(".") ? body.At(request.Call - 3)
            : body.At(request.Call - 1)
        let isVoid = before.Is(")") && body.At(request.Call - 2).IsWord("void")
        let isNeverRead = before.Is("=") && IsNeverRead(body, request.Call - 2)
        where isVoid || isNeverRead || before.Is(";") || before.Is("{") || before.Is("}")
        where body.At(body.Until(request.Call + 2, ")") + 1).Is(";")
        select request.Hazard(HazardKind.UncheckedAnswer, "the result of the handshake is thrown away", Sureness.Certain);

    /// <summary>Whether a variable declared there, <c>int rc = …</c>, stands nowhere else but in <c>(void)rc</c>.</summary>
    private static bool IsNeverRead(Syntax.TokenList body, int at) => body.At(at).Kind == Syntax.TokenKind.Name
        && body.At(at - 1).Text is ("int" or "long" or "auto")
        && !Enumerable.Range(0, body.Count).Any(place => place != at && body[place].IsWord(body.At(at).Text)
            && !(body.At(place - 1).Is(")") && body.At(place - 2).IsWord("void") && body.At(place + 1).Is(";")));

    private static IEnumerable<Hazard> NeverAsked(SourceProgram program)
    {
        if (program.Handshakes.Count == 0 || program.Handshakes.Any(item => !item.Asked.IsKnown || item.Asked.Number > 0)
            || program.Tokens().Any(item => item.Token.IsWord("require_features")))
            yield break;
        foreach (var name in new[] { "FORK", "REMAP", "REMOVE", "UNMAP" })
        {
            if (program.Handshakes.Any(item => item.Asked.Names.Contains($"UFFD_FEATURE_EVENT_{name}")))
                continue;
            foreach (var function in program.Functions)
            {
                foreach (var at in function.Uses($"UFFD_EVENT_{name}")
                    .Where(at => (function.Body.At(at - 1).IsWord("case") || function.Body.At(at - 1).Is("=="))
                        && !IsOnlyNamed(function.Body, at)).Take(1))
                    yield return function.Hazard(HazardKind.EventNeverAsked, at,
                        $"UFFD_EVENT_{name} is handled, and no handshake asks for UFFD_FEATURE_EVENT_{name}", Sureness.Likely);
            }
        }
    }

    /// <summary>
    /// Whether a program only says what an event is called: <c>case UFFD_EVENT_FORK: return "fork";</c>, with a text and no value.
    /// </summary>
    private static bool IsOnlyNamed(Syntax.TokenList body, int at)
    {
        var (isText, isBlock, depth) = (false, body.At(at - 1).IsWord("case"), 0);
        for (var next = at + 1; next < body.Count; next++)
        {
            var token = body[next];
            depth += token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
            isBlock |= token.Is("{");
            if (token.Is("}") || token.Text is "case" or "default" or "else" or "break"
                || (!isBlock && isText && depth <= 0 && token.Text is ";" or ":" or ","))
                break;
            isText |= token.Kind == Syntax.TokenKind.Text;
            if (token.Kind == Syntax.TokenKind.Name && token.Text is not "return" && body.At(next + 1).Text is not ("(" or "="))
                return false;
        }
        return isText;
    }

    /// <summary>Something is used that kernels may lack; no handshake asks for it, and no answer is read.</summary>
    private static IEnumerable<Hazard> Unchecked(SourceProgram program)
    {
        if (program.Handshakes.Count == 0 || program.Handshakes.Any(item => !item.Asked.IsZero) || program.Tokens().Any(IsAnswerRead))
            yield break;
        foreach (var register in program.Made(UffdNames.Register))
        {
            var mode = register.Field("mode", program.Reader).Names.Where(name => name is UffdNames.RegisterWp or UffdNames.RegisterMinor)
                .ToList();
            if (mode.Count > 0)
                yield return register.Hazard(HazardKind.UncheckedAnswer,
                    $"registers with {Find.Short(mode)}; no feature is asked for and neither features nor ioctls of an answer is read",
                    Sureness.Possible);
        }
    }

    private static bool IsAnswerRead((Function Function, int At, Syntax.Token Token) item) =>
        item.Token.Text is "features" or "ioctls" or "Features" or "Ioctls"
        && (item.Function.Body.At(item.At - 1).Is(".") || item.Function.Body.At(item.At - 1).Is("->"))
        && item.Function.Body.At(item.At + 1).Text is not ("=" or ":");
}
