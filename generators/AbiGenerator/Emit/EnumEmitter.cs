using System.Numerics;
using Faultline.AbiGenerator.Parsing;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Emit;

/// <summary>Emits flag groups as [Flags] enums, event groups and C enums as plain ones.</summary>
internal static class EnumEmitter
{
    public static string? Emit(EmittableModel model, NamePlan names)
    {
        var spec = model.Spec;
        var enums = spec.Enums.Where(item => item.Name.Length > 0).ToList();
        if (enums.Count + spec.Flags.Count + spec.Events.Count == 0)
            return null;
        var code = CodeWriter.File(model.Namespace, spec);
        foreach (var group in spec.Flags)
            Group(code, names, group, flags: true);
        foreach (var group in spec.Events)
            Group(code, names, group, flags: false);
        foreach (var item in enums)
        {
            Begin(code, names.Type(item.Id)!, item.Id, item.Doc, item.Type);
            foreach (var member in item.Members)
                Member(code, names.Member(item.Id, member.Name), member.Name, member.Doc, Literal.Of(member.Value, item.Type));
            code.Close();
        }
        return code.Finish();
    }

    private static void Group(CodeWriter code, NamePlan names, GroupSpec group, bool flags)
    {
        var doc = group.Field.Length > 0 ? $"{(flags ? "flags" : "values")} of {group.Field}." : "";
        code.Separate();
        code.Summary(group.Name + "_*", doc);
        if (flags)
            code.Line("[global::System.Flags]");
        code.Open($"public enum {names.Type(group.Name)} : {CSharpType.Integer(group.Type.Name)}");
        foreach (var member in group.Members)
            Member(code, names.Member(group.Name, member.Name), member.Name, member.Doc, Literal.Of(member.Integer, group.Type));
        code.Close();
    }

    private static void Begin(CodeWriter code, string name, string cName, string doc, TypeRef type)
    {
        code.Separate();
        code.Summary(cName, doc);
        code.Open($"public enum {name} : {(type.Kind == TypeKind.Boolean ? "byte" : CSharpType.Integer(type.Name))}");
    }

    private static void Member(CodeWriter code, string name, string cName, string doc, string value)
    {
        code.Separate();
        code.Summary(cName, doc);
        code.Line($"{name} = {value},");
    }
}
