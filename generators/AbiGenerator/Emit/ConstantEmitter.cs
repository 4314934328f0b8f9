using Faultline.AbiGenerator.Parsing;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Emit;

/// <summary>Emits constants, and the members of enums that have no name.</summary>
internal static class ConstantEmitter
{
    public static string? Emit(EmittableModel model, NamePlan names)
    {
        var spec = model.Spec;
        var known = new HashSet<string>(spec.Constants.Select(constant => constant.Name), StringComparer.Ordinal);
        var loose = spec.Enums.Where(item => item.Name.Length == 0)
            .SelectMany(item => item.Members.Select(member => (Member: member, item.Type)))
            .Where(item => known.Add(item.Member.Name)).ToList();
        if (spec.Constants.Count + loose.Count == 0)
            return null;
        var code = CodeWriter.File(model.Namespace, spec);
        code.Line($"/// <summary>Constants of <c>{spec.Header}</c>.</summary>");
        code.Open($"public static class {names.ConstantsClass}");
        foreach (var constant in spec.Constants)
        {
            code.Separate();
            code.Summary(constant.Name, constant.Doc);
            code.Line($"public {Declaration(constant, names.Constant(constant.Name))};");
        }
        foreach (var (member, type) in loose)
        {
            code.Separate();
            code.Summary(member.Name, member.Doc);
            code.Line($"public const {CSharpType.Integer(type.Name)} {names.Constant(member.Name)} = {Literal.Of(member.Value, type)};");
        }
        return code.Finish();
    }

    private static string Declaration(ConstantSpec constant, string name) => constant.Kind switch
    {
        ValueKind.String => $"const string {name} = {Literal.Of(constant.Value)}",
        ValueKind.Float => $"const double {name} = {Double(constant.Value)}",
        _ when constant.Type.Kind == TypeKind.Pointer => $"const ulong {name} = {Literal.Of(constant.Integer, TypeRef.Integer(8, signed: false))}",
        _ when constant.Type is { Kind: TypeKind.Integer, ScalarSize: <= 8 } type => $"const {CSharpType.Integer(type.Name)} {name} = {Literal.Of(constant.Integer, type)}",
        _ => $"const long {name} = {Literal.Of(constant.Integer, TypeRef.Integer(8, signed: true))}",
    };

    private static string Double(string value) => value switch
    {
        "Infinity" or "∞" => "double.PositiveInfinity",
        "-Infinity" or "-∞" => "double.NegativeInfinity",
        "NaN" => "double.NaN",
        _ => value + "D",
    };
}
