using System.Globalization;
using System.Numerics;
using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>
/// What a macro without a value expands to: by its value for some arguments, else token by token, where names of its
/// parameters and spellings of numbers are of no matter.
/// </summary>
internal static class MacroBody
{
    private const int LongestText = 100;

    /// <summary>How much of what two long bodies have in common stands before the place where they differ.</summary>
    private const int ShownBefore = 30;

    private const string Nothing = "nothing";

    private static readonly HashSet<string> Comparisons = ["<", ">", "<=", ">=", "==", "!=", "?"];

    /// <summary>What became of a macro that has no value on either side; null when it is the same, or a source does not tell.</summary>
    public static AbiChange? Change(UnresolvedSpec old, UnresolvedSpec current)
    {
        var (body, bodyNow) = Texts(old.Body, current.Body);
        // Brackets that are parameters on one side only: a blank before them tells.
        if (body == bodyNow && old.Kind != current.Kind)
            (body, bodyNow) = (Definition(old), Definition(current));
        AbiChange Bodies(ChangeKind kind) => new(kind, old.Name, body, bodyNow);
        var pairs = old.Samples
            .Join(current.Samples, was => was.Arguments, now => now.Arguments, (was, now) => (Was: was, Now: now)).ToList();
        if (pairs.Find(pair => !AreSame(pair.Was, pair.Now) && Tells(pair.Was, pair.Now)) is { Was: not null } other)
            return new(ValueKinds.MacroValueChanged, old.Name, Text(old.Name, other.Was), Text(old.Name, other.Now));
        if (AreSame(old, current))
            return null;
        if (IsKnown(old) && IsKnown(current) && !TakeAlike(old, current))
        {
            return Bodies(MacroCall.Keeps(Call(old), Call(current)) switch
            {
                true => ValueKinds.MacroParametersWidened,
                false => ValueKinds.MacroBodyChanged,
                null => ValueKinds.MacroParametersChanged,
            });
        }
        // What a macro makes of arguments of any number no sample tells.
        var isSame = pairs.Count > 0 && !IsVariadic(old) && !IsVariadic(current)
            && pairs.Count == old.Samples.Count && pairs.Count == current.Samples.Count
            && pairs.TrueForAll(pair => pair.Was.Type == pair.Now.Type && pair.Was.Value == pair.Now.Value) && SamplesTell(old, current);
        isSame |= IsVariadic(old) && IsVariadic(current)
            && MacroCall.Keeps(Call(old), Call(current)) == true && MacroCall.Keeps(Call(current), Call(old)) == true;
        return Bodies(isSame ? ValueKinds.MacroRewritten : ValueKinds.MacroBodyChanged);
    }

    private static string Definition(UnresolvedSpec item) =>
        $"#define {item.Name}{(item.Kind == "function-like" ? "" : " ")}{Piece(item.Body, 0)}";

    /// <summary>Whether two numbers are the same bits: -1 of a type with a sign is all bits of one without.</summary>
    private static bool AreSame(MacroSample was, MacroSample now) => SameNumber.Is(was.Value, now.Value)
        || (was.Type.ScalarSize == now.Type.ScalarSize
            && ((was.Value - now.Value) & ((BigInteger.One << (was.Type.ScalarSize * 8)) - 1)).IsZero);

    /// <summary>
    /// Whether two numbers are the macro's doing. Of an argument of more than 32 bits a narrower type leaves less, and that type is
    /// told by itself.
    /// </summary>
    private static bool Tells(MacroSample was, MacroSample now) => was.Type.ScalarSize == now.Type.ScalarSize
        || Arguments(was).All(argument => argument >= int.MinValue && argument <= uint.MaxValue);

    private static IEnumerable<BigInteger> Arguments(MacroSample sample) => sample.Arguments
        .Split(',', StringSplitOptions.RemoveEmptyEntries).Select(argument => BigInteger.Parse(argument, CultureInfo.InvariantCulture));

    /// <summary>
    /// Whether samples tell two bodies apart. What a comparison compares with may lie between two of them, so there the numbers and
    /// names have to be the same ones.
    /// </summary>
    private static bool SamplesTell(UnresolvedSpec old, UnresolvedSpec current)
    {
        IEnumerable<string> Operands(UnresolvedSpec item) => Tokens(item)
            .Where(token => token[0] is '#' or '_' || char.IsAsciiLetterOrDigit(token[0]))
            .Select(token => char.IsAsciiDigit(token[0]) ? token.TrimEnd('U', 'L') : token).Order(StringComparer.Ordinal);
        return !Tokens(old).Concat(Tokens(current)).Any(Comparisons.Contains)
            || Operands(old).SequenceEqual(Operands(current), StringComparer.Ordinal);
    }

    private static bool AreSame(UnresolvedSpec old, UnresolvedSpec current) =>
        !IsKnown(old) || !IsKnown(current) || (Tokens(old).SequenceEqual(Tokens(current), StringComparer.Ordinal)
            && TakeAlike(old, current));

    /// <summary>Whether two macros take the same number of arguments, named and not.</summary>
    private static bool TakeAlike(UnresolvedSpec old, UnresolvedSpec current) =>
        (Parameters(old).Count, IsVariadic(old)) == (Parameters(current).Count, IsVariadic(current));

    private static MacroCall Call(UnresolvedSpec item)
    {
        var parameters = Parameters(item);
        var named = IsVariadic(item) ? parameters[..^1] : parameters;
        return new(named, IsVariadic(item) ? parameters[^1] : null, [.. Split(item).Skip(End(item) + 1).Select(Number)],
            item.Kind == "function-like");
    }

    private static string Text(string name, MacroSample sample) =>
        $"{name}({string.Join(", ", Arguments(sample).Select(Argument))}) = {Macro.Hex(sample.Value)}";

    private static string Argument(BigInteger argument) => argument > ushort.MaxValue ? Macro.Hex(argument) : argument.ToString();

    /// <summary>Two bodies as a message shows them: of long ones a piece from where they differ, or from a little before.</summary>
    public static (string Old, string New) Texts(string old, string current)
    {
        var same = old.Zip(current).TakeWhile(pair => pair.First == pair.Second).Count();
        var isShort = same < LongestText - ShownBefore || (old.Length <= LongestText && current.Length <= LongestText);
        var start = isShort ? 0 : old.LastIndexOf(' ', Math.Max(0, same - ShownBefore)) + 1;
        return (Piece(old, start), Piece(current, start));
    }

    private static string Piece(string body, int start)
    {
        if (body.Length == 0)
            return Nothing;
        var rest = body[Math.Min(start, body.Length)..];
        return (start > 0 ? "… " : "") + (rest.Length <= LongestText ? rest : rest[..LongestText] + "…");
    }

    /// <summary>Tokens with one blank between them, whole numbers in decimal.</summary>
    public static string Plain(string body) => string.Join(' ', body.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number));

    private static bool IsKnown(UnresolvedSpec item) => item.Body.Length > 0 || item.Kind == "empty";

    /// <summary>What a macro expands to, its parameters by their number.</summary>
    private static IEnumerable<string> Tokens(UnresolvedSpec item)
    {
        var parameters = Parameters(item);
        return Split(item).Skip(End(item) + 1)
            .Select(token => parameters.IndexOf(token) is >= 0 and var index ? $"#{index}" : Number(token));
    }

    private static string[] Split(UnresolvedSpec item) => item.Body.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Where the bracket is that closes the parameters; -1 for a macro that takes none.</summary>
    private static int End(UnresolvedSpec item) => item.Kind == "function-like" ? Array.IndexOf(Split(item), ")") : -1;

    /// <summary>The names of a macro's parameters; what stands for any number of arguments has the name it has in the body.</summary>
    private static List<string> Parameters(UnresolvedSpec item) => [.. string.Join(' ', Split(item).Take(End(item) + 1))
        .Split([' ', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries).Aggregate(new List<string>(), (names, token) =>
        {
            // "args..." is a name, and "..." alone stands for __VA_ARGS__.
            if (token != "...")
                names.Add(token);
            else if (IsNameless(item))
                names.Add("__VA_ARGS__");
            return names;
        })];

    private static bool IsVariadic(UnresolvedSpec item) => Split(item).Take(End(item) + 1).Contains("...");

    private static bool IsNameless(UnresolvedSpec item) =>
        Split(item).Take(End(item) + 1).TakeWhile(token => token != "...").LastOrDefault() is "," or "(";

    /// <summary>A whole number in decimal, with its suffix; any other token as it is.</summary>
    private static string Number(string token)
    {
        if (!char.IsAsciiDigit(token[0]))
            return token;
        var digits = token.TrimEnd('u', 'U', 'l', 'L');
        var suffix = token[digits.Length..].ToUpperInvariant();
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return BigInteger.TryParse("0" + digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex)
                ? hex + suffix : token;
        return digits[0] != '0' && BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number + suffix : token;
    }
}
