using Faultline.AbiConsumers.Hazards.Code;

namespace Faultline.AbiConsumers.Hazards.Rules;

/// <summary>What several rules ask of a program.</summary>
internal static class Find
{
    /// <summary>Callers of callers, and no further.</summary>
    private const int FarthestCaller = 3;

    public static Hazard Hazard(this Request request, HazardKind kind, string what, Sureness sure, string? kernels = null) =>
        request.Function.Hazard(kind, request.At, what, sure, kernels);

    public static Hazard Hazard(this Function function, HazardKind kind, int at, string what, Sureness sure, string? kernels = null) =>
        new(kind, function.File, function.Body[at].Line, function.Name, what, kernels ?? kind.Kernels, sure);

    /// <summary>The places where the program sets protection: requests with the mode, or the method of the Rust crate.</summary>
    public static IEnumerable<(Function Function, int At, Request? Request)> Protections(this SourceProgram program)
    {
        foreach (var request in program.Made(UffdNames.WriteProtect))
        {
            if (request.Field("mode", program.Reader).Names.Contains(UffdNames.Protect))
                yield return (request.Function, request.At, request);
        }
        foreach (var (function, at, token) in program.Tokens())
        {
            if (token.IsWord("write_protect") && function.Body.At(at - 1).Is(".") && function.Body.At(at + 1).Is("("))
                yield return (function, at, null);
        }
    }

    /// <summary>Registrations for missing and write-protect faults together, and whether that is all that can be.</summary>
    public static IEnumerable<(Request Request, bool IsAlways)> RegistersBoth(this SourceProgram program) =>
        from request in program.Made(UffdNames.Register)
        let mode = request.Field("mode", program.Reader)
        where mode.Names.Contains(UffdNames.RegisterMissing) && mode.Names.Contains(UffdNames.RegisterWp)
        select (request, mode.IsKnown);

    /// <summary>Whether something is registered for write-protect faults alone. Registered for missing faults too, the first write to a
    /// hole raises one of those.</summary>
    public static bool RegistersProtectionAlone(this SourceProgram program)
    {
        foreach (var function in program.Functions.Where(function => function.Uses(UffdNames.RegisterWp).Any()))
        {
            var registers = program.Made(UffdNames.Register).Where(request => request.Function == function)
                .Select(request => request.Field("mode", program.Reader)).ToList();
            var isAlone = registers.Count > 0
                ? registers.Exists(mode => mode.Names.Contains(UffdNames.RegisterWp) && !mode.Names.Contains(UffdNames.RegisterMissing))
                : !function.Uses(UffdNames.RegisterMissing).Any();
            if (isAlone)
                return true;
        }
        return false;
    }

    /// <summary>Whether holes in anonymous memory can be protected with what the program asks for.</summary>
    public static bool ProtectsHoles(this SourceProgram program) => program.Mentions(UffdNames.WpUnpopulated)
        || program.Mentions(UffdNames.WpAsync);

    /// <summary>
    /// Whether some handshake asks for all that the kernel offers, or for what comes from elsewhere. What a wrapper takes as a
    /// parameter is what its callers give it.
    /// </summary>
    public static bool AsksForMore(this SourceProgram program) => program.Handshakes.Any(handshake =>
        IsMore(program, handshake.Request.Function, handshake.Asked, FarthestCaller));

    private static bool IsMore(SourceProgram program, Function function, Flags asked, int left)
    {
        if (asked.IsKnown || asked.Number > 0)
            return asked.Number > 0;
        var place = asked.Parameter.Length == 0 ? -1 : function.Parameters.ToList().IndexOf(asked.Parameter);
        var calls = place < 0 || left == 0 ? [] : program.CallsOf(function).ToList();
        return calls.Count == 0 || calls.Exists(call =>
        {
            var arguments = call.Caller.Arguments(call.At);
            // A method's first parameter is what it is called on.
            var own = place - (function.Parameters.Count - arguments.Count);
            if (arguments.Count > function.Parameters.Count || own < 0 || arguments[own].Count == 0)
                return true;
            var from = arguments[own].Offset;
            return IsMore(program, call.Caller, program.Reader.Read(call.Caller, from, from + arguments[own].Count), left - 1);
        });
    }

    public static string Short(IEnumerable<string> names) => string.Join(" and ", names.Order(StringComparer.Ordinal));
}
