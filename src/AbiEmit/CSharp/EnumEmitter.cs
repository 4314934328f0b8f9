using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>Emits flag groups as [Flags] enums, event groups and C enums as plain ones.</summary>
internal static class EnumEmitter
{
    public static string? Emit(EmittableModel model, NamePlan names)
    {
        var spec = model.Spec;
        var enums = spec.Enums.Where(item => item.Name.Length > 0 && names.IsOwn(item.Id)).ToList();
        var groups = spec.Flags.Select(group => (Group: group, Flags: true))
            .Concat(spec.Events.Select(group => (Group: group, Flags: false)))
            .Where(item => names.IsOwn(NamePlan.GroupId(item.Group))).ToList();
        if (enums.Count + groups.Count == 0)
            return null;
        var code = CodeWriter.File(model);
        foreach (var (group, flags) in groups)
            Group(code, names, group, flags);
        foreach (var item in enums)
        {
            Begin(code, names, item);
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
        code.Open($"{code.Access} enum {names.Type(NamePlan.GroupId(group))} : {CSharpType.Integer(group.Type.Name)}");
        foreach (var member in group.Members)
            Member(code, names.Member(NamePlan.GroupId(group), member.Name), member.Name, member.Doc,
                Literal.Of(member.Integer, group.Type), names.Place(member.Name));
        code.Close();
    }

    private static void Begin(CodeWriter code, NamePlan names, EnumSpec item)
    {
        code.Separate();
        code.Summary(item.Id, item.Doc, names.Place(item.Id));
        var integer = item.Type.Kind == TypeKind.Boolean ? "byte" : CSharpType.Integer(item.Type.Name);
        code.Open($"{code.Access} enum {names.Type(item.Id)} : {integer}");
    }

    private static void Member(CodeWriter code, string name, string cName, string doc, string value, string place = "")
    {
        code.Separate();
        code.Summary(cName, doc, place);
        code.Line($"{name} = {value},");
    }
}
