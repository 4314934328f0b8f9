using Faultline.AbiConsumers.Evaluation;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>Reads expressions of flags: names of the header as they stand, or through constants and variables of the function.</summary>
internal sealed class FlagReader(Definitions definitions)
{
    private const int Deepest = 8;

    /// <summary>Words that are part of a flag's spelling and not a value: macros and methods around it.</summary>
    private static readonly HashSet<string> Wrappers = new(["BIT", "BIT_ULL", "_BITUL", "_BITULL", "UINT64_C", "bits", "empty", "as",
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
            if (token.Kind == TokenKind.Number)
                flags = flags.With(Number(token, function));
            else if (token.Kind == TokenKind.Name)
                flags = flags.With(function.NameAt(at) is { } name ? Named(name) : Word(function, at, seen, depth));
            else if (token.Kind is TokenKind.Text or TokenKind.Character)
                flags = flags.With(Flags.Unknown);
        }
        return flags;
    }

    private static Flags Named(string name) => Flags.Zero with { Names = new HashSet<string>([name], StringComparer.Ordinal) };

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
            if (body[equals].Is("=") || body[equals].Is(":="))
                flags = (flags ?? Flags.Zero).With(Read(function, equals + 1, body.Until(equals + 1, ";", "\n"), seen, depth + 1));
        }
        return flags is null || function.Parameters.Contains(name) ? (flags ?? Flags.Zero).With(Flags.Unknown) : flags;
    }
}
