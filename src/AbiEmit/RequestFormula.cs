using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiEmit;

/// <summary>
/// An ioctl request that a macro makes of its arguments, as a sum: <c>EVIOCGNAME(len)</c> is a number plus the length
/// times 65536.
/// </summary>
/// <remarks>
/// A request is put together of shifted parts, so it is a sum in nearly every header. The model holds what the compiler makes of the macro
/// for a few arguments: as many of these as there are unknowns give the sum, and the others prove it.
/// </remarks>
/// <param name="Parameters">In C.</param>
/// <param name="Factors">One for each parameter.</param>
/// <param name="ArgumentId">The <c>Id</c> of the record that the argument points to; empty when the macro names none.</param>
internal sealed record RequestFormula(EquatableArray<string> Parameters, uint Base, EquatableArray<uint> Factors, string ArgumentId)
{
    private static readonly HashSet<string> Makers = new(["_IO", "_IOC", "_IOR", "_IOW", "_IOWR"], StringComparer.Ordinal);

    /// <summary>Whether a macro is a request that C# can make of its arguments.</summary>
    public static bool IsRequest(UnresolvedSpec macro) => Of(macro) is not null;

    /// <summary>Whether a macro that takes arguments is written as a request, whatever it makes of them.</summary>
    public static bool LooksLikeOne(UnresolvedSpec macro) => macro.Kind == "function-like"
        && !macro.Name.StartsWith("_IO", StringComparison.Ordinal)
        && Makers.Contains(macro.Body.Split(' ').SkipWhile(token => token != ")").Skip(1).FirstOrDefault(token => token != "(") ?? "");

    /// <summary>The formula of a macro, or null when the macro makes no request, or not as a sum.</summary>
    public static RequestFormula? Of(UnresolvedSpec macro)
    {
        if (macro.Kind != "function-like" || macro.Name.StartsWith("_IO", StringComparison.Ordinal))
            return null;
        var tokens = macro.Body.Split(' ');
        var end = Array.IndexOf(tokens, ")");
        if (end < 0 || !Makers.Contains(tokens.Skip(end + 1).FirstOrDefault(token => token != "(") ?? ""))
            return null;
        var parameters = tokens.Take(end).Skip(1).Where(token => token != ",").ToList();
        // Larger arguments than a request has room for tell other macros apart.
        var samples = macro.Samples.Select(Sample).Where(sample => sample.Arguments.All(argument => argument <= ushort.MaxValue)).ToList();
        if (parameters.Count is not (1 or 2) || samples.Count != 4 || samples.Exists(sample => sample.Arguments.Length != parameters.Count))
            return null;
        var zero = samples.Find(sample => sample.Arguments.All(argument => argument == 0)).Value;
        var factors = Solve([.. samples.Where(sample => sample.Arguments.Any(argument => argument != 0))], zero);
        // A parameter that stands in the macro and changes nothing is not a number: of a type, the size is asked for.
        var types = parameters.Where((name, index) => factors?[index] == 0 && tokens.Skip(end).Contains(name));
        if (factors is null || types.Any())
            return null;
        return samples.TrueForAll(sample => Sum(zero, factors, sample.Arguments) == sample.Value
                || Joined(zero, factors, sample.Arguments) == sample.Value)
            ? new(parameters.ToEquatableArray(), zero, factors.ToEquatableArray(), ArgumentOf(tokens))
            : null;
    }

    private static (uint[] Arguments, uint Value) Sample(MacroSample sample) => (
        [.. sample.Arguments.Split([','], StringSplitOptions.RemoveEmptyEntries)
            .Select(text => uint.TryParse(text, out var number) ? number : uint.MaxValue)],
        (uint)(sample.Value & uint.MaxValue));

    private static uint Sum(uint start, IReadOnlyList<uint> factors, uint[] arguments) =>
        unchecked(arguments.Zip(factors, (argument, factor) => argument * factor).Aggregate(start, (sum, part) => sum + part));

    /// <summary>
    /// As the kernel joins the parts of a request, the number, the letter and what stands above: a sample too large for its part
    /// spills into the next, where the bits of both stand and are not added.
    /// </summary>
    private static uint Joined(uint start, uint[] factors, uint[] arguments)
    {
        uint[] parts = [start & 0xff, start & 0xff00, start & 0xffff0000];
        for (var index = 0; index < factors.Length; index++)
        {
            var part = (factors[index] & 0xff) != 0 ? 0 : (factors[index] & 0xff00) != 0 ? 1 : 2;
            parts[part] = unchecked(parts[part] + (arguments[index] * factors[index]));
        }
        return parts[0] | parts[1] | parts[2];
    }

    /// <summary>Solves for one or two factors; null when that takes a division that leaves something.</summary>
    private static uint[]? Solve(IReadOnlyList<(uint[] Arguments, uint Value)> samples, uint zero)
    {
        var (first, second) = (samples[0], samples[1]);
        BigInteger a = first.Arguments[0], v = unchecked(first.Value - zero), w = unchecked(second.Value - zero);
        if (first.Arguments.Length == 1)
            return Quotient(v, a) is { } only ? [only] : null;
        BigInteger b = first.Arguments[1], c = second.Arguments[0], d = second.Arguments[1];
        var determinant = (a * d) - (b * c);
        return Quotient((v * d) - (b * w), determinant) is { } left && Quotient((a * w) - (v * c), determinant) is { } right
            ? [left, right] : null;
    }

    private static uint? Quotient(BigInteger dividend, BigInteger divisor) =>
        !divisor.IsZero && (dividend % divisor).IsZero ? (uint)((dividend / divisor) & uint.MaxValue) : null;

    /// <summary>The record that stands last in the macro's brackets.</summary>
    private static string ArgumentOf(string[] tokens)
    {
        var last = tokens.Length - 1;
        while (last > 2 && tokens[last] == ")")
            last--;
        return tokens[last - 2] == "," && tokens[last - 1] is "struct" or "union" ? $"{tokens[last - 1]} {tokens[last]}" : "";
    }
}
