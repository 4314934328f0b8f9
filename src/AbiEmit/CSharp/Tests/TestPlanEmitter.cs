using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp.Tests;

/// <summary>Emits the list of all models whose tests are in the program, each with its tests.</summary>
internal static class TestPlanEmitter
{
    private const string Plan = "global::Faultline.AbiTests.Planning.GeneratedPlan";

    /// <param name="models">Of the whole project.</param>
    /// <returns>null when none has tests.</returns>
    public static string? Emit(IEnumerable<EmittableModel> models)
    {
        var tested = models.Where(model => model.EmitTests).ToList();
        if (tested.Count == 0)
            return null;
        var code = CodeWriter.File("Faultline.AbiTests.Planning", "internal");
        code.Line("/// <summary>The models whose tests are compiled in.</summary>");
        code.Open("internal static class GeneratedPlans");
        code.Line($"internal static {Plan}[] All {{ get; }} =");
        code.Line("[");
        foreach (var model in tested)
        {
            var features = Handshake.Of(model.Spec).SelectMany(pair => pair.Features.Members)
                .Aggregate(BigInteger.Zero, (all, feature) => all | feature.Integer);
            var classes = Classes(model, NamePlan.For(model)).Select(name => $".. global::{model.Namespace}.{name}.Plan()");
            code.Line($"    new({Literal.Of(model.Namespace)}, {Literal.Of(features, TypeRef.Integer(8, signed: false))}, "
                + $"static () => [{string.Join(", ", classes)}]),");
        }
        code.Line("];");
        return code.Finish();
    }

    /// <summary>Which of the classes of tests the model has.</summary>
    private static IEnumerable<string> Classes(EmittableModel model, NamePlan names)
    {
        if (StructEmitter.Plans(model, names).Any())
            yield return names.HeaderClass + LayoutTestEmitter.ClassSuffix;
        if (model.Spec.Ioctls.Count > 0)
            yield return names.HeaderClass + IoctlTestEmitter.ClassSuffix;
        var handshakes = Handshake.Of(model.Spec).ToList();
        if (handshakes.Any(pair => pair.Features.Members.Count > 0))
            yield return names.HeaderClass + FeatureTestEmitter.ClassSuffix;
        if (handshakes.Count > 0)
            yield return names.HeaderClass + MisuseTestEmitter.ClassSuffix;
    }
}
