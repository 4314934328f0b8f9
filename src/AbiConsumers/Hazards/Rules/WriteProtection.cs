using Faultline.AbiConsumers.Hazards.Code;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Hazards.Rules;

/// <summary>Synchronous write protection of anonymous memory without WP_UNPOPULATED: first writes are lost, or the program populates
/// needlessly.</summary>
/// <remarks>WP_ASYNC implies the feature. Shared memory and huge pages carry markers without it.</remarks>
internal static class WriteProtection
{
    public static IEnumerable<Hazard> In(SourceProgram program)
    {
        if (program.ProtectsHoles() || !program.RegistersProtectionAlone())
            yield break;
        var protections = program.Protections().ToList();
        if (protections.Count == 0)
            yield break;
        var memory = new MemoryUse(program);
        if (memory.IsShared && !memory.IsPrivate)
            yield break;
        if (memory.Populates().FirstOrDefault() is { Function: { } function } place)
        {
            var what = $"{function.Body[place.At]} populates what is write-protected later, and no handshake asks for "
                + $"UFFD_FEATURE_WP_UNPOPULATED";
            yield return function.Hazard(HazardKind.NeedlessPreread, place.At, what, Sureness.Likely);
            yield break;
        }
        foreach (var request in protections.Select(protection => protection.Request).OfType<Request>())
        {
            if (memory.ReadBefore(request) is not { } read)
                continue;
            yield return request.Function.Hazard(HazardKind.NeedlessPreread, read,
                "a loop of volatile reads populates what is write-protected later, and no handshake asks for UFFD_FEATURE_WP_UNPOPULATED",
                Sureness.Likely);
            yield break;
        }
        foreach (var (protector, at, request) in protections)
        {
            if (request is not null && memory.IsFilledBefore(request))
                continue;
            var isTouched = request is not null && memory.IsTouchedBefore(request);
            var sure = isTouched || program.AsksForMore() || !memory.IsPrivate ? Sureness.Possible
                : request is not null && IsWholeIn(request, program) ? Sureness.Certain : Sureness.Likely;
            var what = (memory.IsPrivate ? "anonymous memory is protected" : "memory is protected that may be anonymous")
                + (program.AsksForMore() ? ", and what the handshake asks for is not known here"
                    : ", and no handshake asks for UFFD_FEATURE_WP_UNPOPULATED or WP_ASYNC")
                + (isTouched ? "; right if what is done to it before reaches each of its pages" : "");
            yield return protector.Hazard(HazardKind.LostFirstWrites, at, what, sure);
        }
    }

    /// <summary>Whether one function makes the mapping, the handshake and the protection, and does nothing else with the memory
    /// before.</summary>
    private static bool IsWholeIn(Request protect, SourceProgram program)
    {
        var (body, function) = (protect.Function.Body, protect.Function);
        if (!program.Made(UffdNames.Api).Any(api => api.Function == function)
            || !program.Made(UffdNames.Register).Any(register => register.Function == function))
            return false;
        foreach (var variable in MemoryUse.Watched(protect).Distinct(StringComparer.Ordinal))
        {
            var mapped = Enumerable.Range(0, protect.At).FirstOrDefault(at => body[at].IsWord(variable) && body[at + 1].Is("=")
                && body.At(body.Until(at + 2, "(", ";") - 1).Text.EndsWith("mmap", StringComparison.OrdinalIgnoreCase), -1);
            if (mapped >= 0 && !Enumerable.Range(mapped + 2, Math.Max(0, protect.At - mapped - 2))
                .Any(at => body[at].IsWord(variable) && !IsHarmless(body, at)))
                return true;
        }
        return false;
    }

    /// <summary>A range's start, or a comparison; anything else may touch the memory.</summary>
    private static bool IsHarmless(TokenList body, int at)
    {
        if (body.At(at + 1).Text is "==" or "!=" || body.At(at - 1).Text is "==" or "!=")
            return true;
        for (var back = at - 1; back >= 0 && at - back < 12 && !body[back].Is(";") && !body[back].Is("{"); back--)
        {
            if (body[back].IsWord("start"))
                return true;
        }
        return false;
    }
}
