using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp.Tests;

/// <summary>Emits one test for the negotiation of each feature bit. A feature new in the header has its test at the next build.</summary>
internal static class FeatureTestEmitter
{
    public const string ClassSuffix = "FeatureTests";

    public static string? Emit(EmittableModel model, NamePlan names)
    {
        var features = Handshake.Of(model.Spec).SelectMany(pair => pair.Features.Members).ToList();
        if (features.Count == 0)
            return null;
        var code = new TestClass(model, names.HeaderClass + ClassSuffix, "the negotiation of every feature");
        foreach (var feature in features)
        {
            var mask = Literal.Of(feature.Integer, TypeRef.Integer(8, signed: false));
            code.Test(feature.Name + "_negotiates", $"FeatureNegotiates({Literal.Of(feature.Name)}, {mask})", feature.Name);
        }
        return code.Finish();
    }
}
