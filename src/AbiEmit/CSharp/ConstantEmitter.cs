using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>Emits every macro that has a value under the type that C gives it, and the members of enums that have no name.</summary>
/// <remarks>Members of groups too: which group a macro is found in may change with its neighbours, this place of it does not.</remarks>
internal static class ConstantEmitter
{
    public static string? Emit(EmittableModel model, NamePlan names)
    {
        var spec = model.Spec;
        var constants = NamePlan.Constants(spec).ToList();
        var known = new HashSet<string>(constants.Select(constant => constant.Name), StringComparer.Ordinal);
        var loose = spec.Enums.Where(item => item.Name.Length == 0 && names.IsOwn(item.Id))
            .SelectMany(item => spec.NumbersOf(item).Select(member => (Member: member, item.Type)))
            .Where(item => known.Add(item.Member.Name)).ToList();
        if (constants.Count + loose.Count == 0)
            return null;
        var code = CodeWriter.File(model);
        code.Line($"/// <summary>Constants of <c>{spec.Header}</c>.</summary>");
        code.Open($"{model.Access} static class {names.ConstantsClass}");
        foreach (var constant in constants)
        {
            code.Separate();
            code.Summary(constant.Name, constant.Doc, names.Place(constant.Name));
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
        _ when constant.Type.Kind == TypeKind.Pointer =>
            $"const ulong {name} = {Literal.Of(constant.Integer, TypeRef.Integer(8, signed: false))}",
        _ when constant.Type is { Kind: TypeKind.Integer, ScalarSize: <= 8 } type =>
            $"const {CSharpType.Integer(type.Name)} {name} = {Literal.Of(constant.Integer, type)}",
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
