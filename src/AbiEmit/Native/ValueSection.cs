using System.Globalization;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Native;

/// <summary>Values that belong together, under what they are called in the header.</summary>
/// <param name="Enum">The enum they are the members of; null for macros.</param>
internal sealed record ValueSection(string Title, IReadOnlyList<Value> Values, EnumSpec? Enum)
{
    /// <summary>What a header writes numbers with that it thinks of as bits.</summary>
    private static readonly string[] Bits = ["0x", "<<", "|", "BIT"];

    /// <summary>All of a model. A name stands once: a macro hides the enumerator of its name, as in C.</summary>
    public static IReadOnlyList<ValueSection> Of(AbiSpec spec)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var sections = new List<ValueSection> { new("Constants", [.. spec.Constants.Where(IsFresh).Select(Of)], null) };
        foreach (var group in spec.Flags.Concat(spec.Events))
        {
            var title = group.Field.Length > 0 ? $"{group.Name}_*, of {group.Field}" : $"{group.Name}_*";
            sections.Add(new(title, [.. group.Members.Where(IsFresh).Select(member => Of(member) with
                { Type = group.Type, Hex = spec.Flags.Contains(group) })], null));
        }
        foreach (var item in spec.Enums)
            sections.Add(new(item.Name.Length > 0 ? item.Id : "an enum without a name", [.. spec.NumbersOf(item)
                .Where(member => known.Add(member.Name))
                .Select(member => Of(member, item))], item));
        return sections;

        bool IsFresh(ConstantSpec constant) => known.Add(constant.Name);
    }

    private static Value Of(EnumMemberSpec member, EnumSpec item) =>
        new(member.Name, ValueKind.Integer, member.Value.ToString(CultureInfo.InvariantCulture), item.Type, false, member.Doc);

    private static Value Of(ConstantSpec constant) => new(constant.Name, constant.Kind, constant.Value, constant.Type,
        Bits.Any(sign => constant.Expression.IndexOf(sign, StringComparison.OrdinalIgnoreCase) >= 0), constant.Doc);
}
