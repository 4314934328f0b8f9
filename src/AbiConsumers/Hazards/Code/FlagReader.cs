using System.Numerics;
using Faultline.AbiConsumers.Evaluation;
using Faultline.AbiConsumers.Languages;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>
/// Reads expressions of flags: names of the header as they stand, or through constants, variables of the function, and functions
/// that do nothing but put them together.
/// </summary>
internal sealed class FlagReader(Definitions definitions, CallFinder calls)
{
    private const int Deepest = 8;

    /// <summary>Macros that give a bit by its number.</summary>
    private static readonly string[] Bits = ["BIT", "BIT_ULL", "_BITUL", "_BITULL"];

    /// <summary>Words that are part of a flag's spelling and not a value: macros and methods around it.</summary>
    private static readonly HashSet<string> Wrappers = new([.. Bits, "UINT64_C", "bits", "empty", "as",
        "c_uint64", "unchecked"], StringComparer.Ordinal);

    public Flags Read(Function function, int from, int to) => Read(function, from, to, new(StringComparer.Ordinal));

    /// <param name="seen">Names that were followed already: once is enough for a value that is put together from several expressions.</param>
    public Flags Read(Function function, int from, int to, HashSet<string> seen) => Read(function, from, to, seen, 0);

    private Flags Read(Function function, int from, int to, HashSet<string> seen, int depth)
    {
        var flags = Flags.Zero;
        var body = function.Body;
        for (var at = from; at < Math.Min(to, body.Count); at++)
        {
            var token = body[at];
            if (CallAt(function, at) is { } call && Returned(function, call, seen, depth) is { } returned)
            {
                flags = flags.With(returned);
                at = body.Partner(call + 1);
            }
            else if (token.Kind == TokenKind.Number && body.At(at + 1).Is("<<") && body.At(at + 2).Kind == TokenKind.Number)
            {
                flags = flags.With(Bit(token.Text, body.At(at + 2), function));
                at += 2;
            }
            else if (Bits.Contains(token.Text) && body.At(at + 1).Is("(") && body.At(at + 2).Kind == TokenKind.Number)
            {
                flags = flags.With(Bit("1", body.At(at + 2), function));
                at += 2;
            }
            else if (token.Kind == TokenKind.Number)
                flags = flags.With(Number(token, function));
            else if (token.Kind == TokenKind.Name)
                flags = flags.With(function.NameAt(at) is { } name ? Named(name) : Word(function, at, seen, depth));
            else if (token.Kind is TokenKind.Text or TokenKind.Character)
                flags = flags.With(Flags.Unknown);
        }
        return flags;
    }

    /// <summary>
    /// Where the name of a call stands that begins at a place: <c>f(</c>, <c>self.f(</c>, <c>uffd::f(</c>; null when none does.
    /// </summary>
    private static int? CallAt(Function function, int at)
    {
        var body = function.Body;
        if (body[at].Kind != TokenKind.Name || function.NameAt(at) is not null || body.At(at - 1).Is(".") || body.At(at - 1).Is("->"))
            return null;
        var name = body.At(at + 1).Text is "." or "->" or "::" ? at + 2 : at;
        return body.At(name).Kind == TokenKind.Name && function.NameAt(name) is null && body.At(name + 1).Is("(")
            && body.Partner(name + 1) > name ? name : null;
    }

    /// <summary>What a called function gives back; null when it is not known, or anything but names of the header is in it.</summary>
    private Flags? Returned(Function caller, int call, HashSet<string> seen, int depth)
    {
        if (depth >= Deepest || calls.Find(caller, call) is not { } callee || callee == caller)
            return null;
        if (!seen.Add($"{callee.File} {callee.Name}()"))
            return Flags.Zero;
        var body = callee.Body;
        var values = Enumerable.Range(0, body.Count).Where(at => body[at].IsWord("return"))
            .Select(at => (From: at + 1, To: body.Until(at + 1, ";", "\n"))).ToList();
        if (callee.Language is RustFamily && LastValue(body) is { } last)
            values.Add(last);
        if (values.Count == 0)
            return null;
        var flags = values.Aggregate(Flags.Zero, (all, value) => all.With(Read(callee, value.From, value.To, seen, depth + 1)));
        return flags is { IsKnown: true, Number: 0 } ? flags : null;
    }

    /// <summary>The expression at the end of a Rust function.</summary>
    private static (int From, int To)? LastValue(TokenList body)
    {
        var from = 1;
        for (var at = 1; at < body.Count - 1; at++)
        {
            if (body[at].Is("{"))
                from = at = body.Partner(at) is var partner && partner > at ? partner : body.Count;
            if (at < body.Count && (body[at].Is(";") || body[at].Is("}")))
                from = at + 1;
        }
        return from < body.Count - 1 ? (from, body.Count - 1) : null;
    }

    private static Flags Named(string name) => Flags.Zero with { Names = new HashSet<string>([name], StringComparer.Ordinal) };

    /// <summary>A number shifted by another; one beyond all flags is none of the header's.</summary>
    private static Flags Bit(string number, Token shift, Function function)
    {
        var octal = function.Language.Rules.LeadingZeroIsOctal;
        return NumberReader.TryRead(number, octal, out var value) && NumberReader.TryRead(shift.Text, octal, out var by)
            && by < 63 && value << (int)by <= long.MaxValue
            ? Flags.Zero with { Number = value.IsZero ? 0 : shift.Line, Largest = (long)(value << (int)by) } : Flags.Unknown;
    }

    private static Flags Number(Token token, Function function) =>
        NumberReader.TryRead(token.Text, function.Language.Rules.LeadingZeroIsOctal, out var value) && value <= long.MaxValue
            ? Flags.Zero with { Number = value.IsZero ? 0 : token.Line, Largest = (long)value } : Flags.Unknown;

    private Flags Word(Function function, int at, HashSet<string> seen, int depth)
    {
        var (body, word) = (function.Body, function.Body[at].Text);
        if (Wrappers.Contains(word) || IntegerType.TryRead([word], 64, out _))
            return Flags.Zero;
        var next = body.At(at + 1);
        // Of FeatureFlags::WP only the last name counts.
        if (next.Is("::") || (next.Is(".") && (function.NameAt(at + 2) is not null || Wrappers.Contains(body.At(at + 2).Text))))
            return next.Is(".") && function.NameAt(at + 2) is null ? Variable(function, word, seen, depth) : Flags.Zero;
        if (depth >= Deepest || next.Is("(") || next.Is(".") || next.Is("->") || body.At(at - 1).Is(".") || body.At(at - 1).Is("->"))
            return Flags.Unknown;
        if (definitions.Find(word, "", new Definition("", "", [], 0) { File = function.File }) is { } constant)
            return Constant(constant, function, seen, depth + 1);
        return Variable(function, word, seen, depth + 1);
    }

    private Flags Constant(Definition constant, Function user, HashSet<string> seen, int depth)
    {
        if (!seen.Add(constant.Name))
            return Flags.Zero;
        var expression = new TokenList([.. constant.Expression]);
        return Read(new(constant.File, user.Language, constant.Name, new([]), expression, isLocal: true), 0, expression.Count, seen, depth);
    }

    /// <summary>Everything that the function gives a variable, whatever the order.</summary>
    private Flags Variable(Function function, string name, HashSet<string> seen, int depth)
    {
        if (!seen.Add(name))
            return Flags.Zero;
        Flags? flags = null;
        var body = function.Body;
        for (var at = 0; at + 2 < body.Count; at++)
        {
            if (!body[at].IsWord(name) || body.At(at - 1).Is(".") || body.At(at - 1).Is("->"))
                continue;
            var equals = body[at + 1].Text is "|" or "&" or "^" or ":" && body[at + 2].Is("=") ? at + 2 : at + 1;
            if (body[equals].Is("{") && function.Language is CFamily && body.At(at - 1).Kind == TokenKind.Name)
                flags = (flags ?? Flags.Zero).With(Read(function, equals + 1, body.Until(equals + 1, "}"), seen, depth + 1));
            else if (body[equals].Is("=") || body[equals].Is(":="))
                flags = (flags ?? Flags.Zero).With(Read(function, equals + 1, body.Until(equals + 1, ";", "\n"), seen, depth + 1));
        }
        if (function.Parameters.Contains(name))
            return (flags ?? Flags.Zero).With(Flags.Unknown with { Parameter = name });
        return flags ?? Flags.Unknown;
    }
}
