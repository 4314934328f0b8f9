using Faultline.AbiConsumers.Evaluation;
using Faultline.AbiConsumers.Hazards.Code;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Hazards.Rules;

/// <summary>Numbers of the header written by hand where they are used. Definitions of the header's own names are left to the comparison
/// with a header.</summary>
internal static class TypedNumbers
{
    /// <summary>Larger numbers are no flags of the header: tests pass them to be refused.</summary>
    private const long AllFlags = 0x7ffff;

    private static readonly (string Request, string Field)[] Fields =
    [
        (UffdNames.Api, "features"), (UffdNames.Register, "mode"), (UffdNames.WriteProtect, "mode"), (UffdNames.Copy, "mode"),
            (UffdNames.Zeropage, "mode"),
    ];

    public static IEnumerable<Hazard> In(SourceProgram program)
    {
        foreach (var (function, at, token) in program.Tokens().Where(item => item.Token.Kind == TokenKind.Number))
        {
            if (UffdNames.OfNumber(token.Text, function.Language) is { } name && !IsDefinition(function, at))
                yield return function.Hazard(HazardKind.TypedNumber, at, $"{token} is {name}", Sureness.Certain);
        }
        foreach (var (name, field) in Fields)
        {
            foreach (var request in program.Made(name))
            {
                var flags = request.Field(field, program.Reader);
                if (flags is { Number: > 0, Largest: <= AllFlags, IsKnown: true, Names.Count: 0 } && !WantsRefusal(request))
                    yield return new(HazardKind.TypedNumber, request.Function.File, flags.Number, request.Function.Name,
                        $"{field} of {name} is given a number", HazardKind.TypedNumber.Kernels, Sureness.Certain);
            }
        }
        foreach (var (function, at, token) in program.Tokens().Where(item => item.Token.Text is "_IO" or "_IOR" or "_IOW" or "_IOWR"))
        {
            if (function.Body.At(at + 1).Is("(") && NumberReader.TryRead(function.Body.At(at + 2).Text, true, out var type)
                && type == 0xAA && !IsDefinition(function, at))
                yield return function.Hazard(HazardKind.TypedNumber, at, $"{token}(0xAA, …) makes a request of userfaultfd",
                    Sureness.Likely);
        }
    }

    /// <summary>Whether the request is one that must fail: <c>if (ioctl(…) == 0) fail()</c>.</summary>
    private static bool WantsRefusal(Request request)
    {
        var body = request.Function.Body;
        var close = body.Partner(request.Call + 1);
        return body.At(close + 1).Is("==") && body.At(close + 2).Text == "0";
    }

    private static bool IsDefinition(Function function, int at) =>
        function.Body.At(at - 1).Text is "=" or ":" && function.NameAt(at - 2) is not null;
}
