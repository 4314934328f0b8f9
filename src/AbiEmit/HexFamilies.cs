using System.Globalization;
using Faultline.AbiModel;

namespace Faultline.AbiEmit;

/// <summary>Finds flags among constants that a header writes as plain hexadecimal numbers: <c>CLONE_VM</c> is <c>0x00000100</c>.</summary>
/// <remarks>
/// No number says of itself that it is a flag. A family is one when it shares the beginning of its names, no two members are the same bit,
/// three of its bits are neighbours, and no other hexadecimal number of that beginning has a bit that none of the members is: sizes,
/// addresses and magic numbers fail one of these.
/// </remarks>
internal static class HexFamilies
{
    private const int FewestMembers = 3;

    /// <summary>The model with such families as groups of flags.</summary>
    public static AbiSpec Grouped(AbiSpec spec)
    {
        var hex = spec.Constants.Where(IsHex).ToList();
        var taken = new HashSet<string>(spec.Flags.Concat(spec.Events).Select(group => group.Name), StringComparer.Ordinal);
        var found = new List<GroupSpec>();
        // The shorter the beginning, the larger the family: one that holds together is not looked into for smaller ones.
        for (var parts = 1; hex.Count >= FewestMembers; parts++)
        {
            var settled = new HashSet<string>(StringComparer.Ordinal) { "" };
            foreach (var family in hex.GroupBy(constant => Beginning(constant.Name, parts), StringComparer.Ordinal))
            {
                if (family.Key.Length == 0 || taken.Contains(family.Key) || !IsFamily([.. family]))
                    continue;
                var members = family.Where(IsBit).OrderBy(member => member.Integer).ToEquatableArray();
                var size = members.Max(member => member.Type.ScalarSize);
                found.Add(new() { Name = family.Key, Type = TypeRef.Integer(size, signed: false), Members = members });
                settled.Add(family.Key);
            }
            hex.RemoveAll(constant => settled.Contains(Beginning(constant.Name, parts)));
        }
        if (found.Count == 0)
            return spec;
        var names = new HashSet<string>(found.SelectMany(group => group.Members).Select(member => member.Name), StringComparer.Ordinal);
        return AbiOrder.Sorted(spec with
        {
            Constants = spec.Constants.Where(constant => !names.Contains(constant.Name)).ToEquatableArray(),
            Flags = spec.Flags.Concat(found).ToEquatableArray(),
        });
    }

    /// <summary>The first words of a name with one more behind them, or empty when it has no more.</summary>
    private static string Beginning(string name, int parts)
    {
        var words = name.Split('_');
        return words.Length > parts && words[0].Length > 0 ? string.Join("_", words.Take(parts)) : "";
    }

    private static bool IsHex(ConstantSpec constant)
    {
        var text = constant.Expression.Trim('(', ')', ' ').TrimEnd('u', 'U', 'l', 'L');
        return constant is { Kind: ValueKind.Integer, Type: { Kind: TypeKind.Integer, ScalarSize: 4 or 8 }, Integer.Sign: >= 0 }
            && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && ulong.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
    }

    private static bool IsBit(ConstantSpec constant) => constant.Integer.IsPowerOfTwo;

    private static bool IsFamily(IReadOnlyList<ConstantSpec> constants)
    {
        var bits = constants.Where(IsBit).Select(constant => (ulong)constant.Integer).ToList();
        var all = bits.Aggregate(0UL, (sum, bit) => sum | bit);
        return bits.Count >= FewestMembers && bits.Distinct().Count() == bits.Count
            && (all & (all >> 1) & (all >> 2)) != 0
            && constants.All(constant => ((ulong)constant.Integer & ~all) == 0);
    }
}
