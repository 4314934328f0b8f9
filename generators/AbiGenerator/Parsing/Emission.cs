using Faultline.AbiEmit;
using Faultline.AbiEmit.CSharp;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Parsing;

/// <summary>What is going to be emitted for one model, without the lists that do not reach the code.</summary>
/// <param name="Path">The model's file.</param>
/// <param name="Header">The header's own file, when the build extracted the model; else empty.</param>
internal sealed record Emission(EmittableModel Model, string Path, string Header)
{
    /// <summary>
    /// Where no documentation tells lines, a moved line changes no code, and leaving them out keeps the emit step
    /// cached.
    /// </summary>
    public static Emission Of(EmittableModel model, ParsedModel source) => new(
        model with
        {
            Spec = model.Spec with
            {
                Locations = model.Options.Places ? model.Spec.Locations : default,
                Unresolved = model.Spec.Unresolved.Where(RequestFormula.IsRequest)
                    .Select(item => model.Options.Places ? item : item with { At = "" }).ToEquatableArray(),
            },
        },
        source.Path, source.Header);
}
