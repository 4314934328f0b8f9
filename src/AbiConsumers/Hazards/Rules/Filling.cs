using Faultline.AbiConsumers.Hazards.Code;

namespace Faultline.AbiConsumers.Hazards.Rules;

/// <summary>Memory registered for missing and write-protect faults: what filling a page does to its protection.</summary>
internal static class Filling
{
    public static IEnumerable<Hazard> In(SourceProgram program)
    {
        if (program.RegistersBoth().ToList() is not { Count: > 0 } both)
            yield break;
        if (program.Mentions(UffdNames.WpZeropage))
        {
            foreach (var (request, isAlways) in both)
                yield return request.Hazard(HazardKind.ZeropageOverMissing,
                    "registers with MODE_MISSING and MODE_WP, and the program has UFFD_FEATURE_WP_ZEROPAGE",
                    isAlways ? Sureness.Certain : Sureness.Likely);
        }
        if (!program.Protections().Any())
            yield break;
        var protectsHoles = program.ProtectsHoles() || program.Mentions(UffdNames.WpZeropage);
        if (!program.Mentions(UffdNames.CopyWp))
        {
            foreach (var copy in program.Made(UffdNames.Copy))
            {
                var mode = copy.Field("mode", program.Reader);
                yield return copy.Hazard(HazardKind.CopyDropsProtection,
                    "copies with a mode that is never UFFDIO_COPY_MODE_WP into memory that is protected elsewhere",
                    protectsHoles && mode.IsKnown && mode.Number == 0 ? Sureness.Likely : Sureness.Possible);
            }
        }
        if (!protectsHoles)
            yield break;
        var expects = program.Tokens().Any(item => item.Token.IsWord("EEXIST"));
        foreach (var zero in program.Made(UffdNames.Zeropage).Where(_ => !expects))
            yield return zero.Hazard(HazardKind.ZeropageOntoMarker,
                "maps the zero page into memory that may be protected, and EEXIST is never looked at", Sureness.Possible);
    }
}
