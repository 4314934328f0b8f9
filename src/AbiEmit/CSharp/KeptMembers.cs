using System.Globalization;
using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>
/// Keeps names where they were when a number goes from an enum to a macro or back: <c>MAX_BPF_LINK_TYPE</c> was a member of
/// <c>enum bpf_link_type</c> and is <c>#define MAX_BPF_LINK_TYPE __MAX_BPF_LINK_TYPE</c>. In C it is the same name, so in C# the enum
/// has it as before, and the header's constants have it too, as they have every macro.
/// </summary>
internal static class KeptMembers
{
    /// <param name="headerClass">What the header's classes begin with.</param>
    /// <param name="types">The C# names of the model's types.</param>
    public static AbiSpec Of(AbiSpec spec, NameMap map, string headerClass, EquatableArray<GivenName> types)
    {
        if (map.Count == 0)
            return spec;
        var macros = NamePlan.Constants(spec).ToDictionary(constant => constant.Name, StringComparer.Ordinal);
        var names = types.ToDictionary(type => type.C, type => type.CSharp, StringComparer.Ordinal);
        var constants = map.Classes.TryGetValue(headerClass + "Constants", out var found) ? found : new Dictionary<string, string>();
        return spec with
        {
            Enums = spec.Enums.Select(item => With(item, BecameMacros(item))).ToEquatableArray(),
            Constants = spec.Constants.Concat(spec.Enums.Where(item => item.Name.Length > 0 && item.Origin.Length == 0)
                .SelectMany(item => item.Members.Where(member => constants.ContainsKey(member.Name) && !macros.ContainsKey(member.Name))
                    .Select(member => Constant(member, item.Type)))).ToEquatableArray(),
        };

        List<ConstantSpec> BecameMacros(EnumSpec item)
        {
            if (item.Name.Length == 0 || !names.TryGetValue(item.Id, out var name) || !map.Enums.TryGetValue(name, out var kept))
                return [];
            var members = new HashSet<string>(item.Members.Select(member => member.Name), StringComparer.Ordinal);
            return [.. kept.Members.Keys.Where(member => !members.Contains(member) && macros.TryGetValue(member, out var macro)
                && macro.Kind == ValueKind.Integer && Holds(item.Type, macro.Integer)).OrderBy(member => member, StringComparer.Ordinal)
                .Select(member => macros[member])];
        }
    }

    /// <summary>A member of an enum as C sees it: an int where that holds it.</summary>
    private static ConstantSpec Constant(EnumMemberSpec member, TypeRef type)
    {
        var seen = Holds(Int, member.Value) ? Int : type;
        return new()
        {
            Name = member.Name, CType = seen == Int ? "int" : type.Name, Type = seen, Doc = member.Doc,
            Value = member.Value.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static readonly TypeRef Int = TypeRef.Integer(4, signed: true);

    private static EnumSpec With(EnumSpec item, List<ConstantSpec> macros) => macros.Count == 0 ? item : item with
    {
        Members = item.Members.Concat(macros.Select(macro =>
            new EnumMemberSpec { Name = macro.Name, Value = macro.Integer, Doc = macro.Doc })).ToEquatableArray(),
    };

    private static bool Holds(TypeRef type, BigInteger value)
    {
        if (type.Kind != TypeKind.Integer)
            return false;
        var half = BigInteger.One << ((type.ScalarSize * 8) - 1);
        return type.IsSigned ? value >= -half && value < half : value.Sign >= 0 && value < half * 2;
    }
}
