using System.Numerics;
using System.Text.RegularExpressions;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>
/// Macros of one side that stand for the end of a list: by what they are computed from, or by being one more than all
/// of their family.
/// </summary>
internal sealed partial class EndMarkers
{
    /// <summary>The least number of names that make a family.</summary>
    private const int SmallestFamily = 3;

    private readonly Dictionary<string, ConstantSpec> _macros;
    private readonly Dictionary<string, (EnumSpec Enum, EnumMemberSpec Member)> _enumerators = new(StringComparer.Ordinal);
    private readonly EquatableArray<IoctlSpec> _requests;
    private readonly Lazy<ILookup<string, BigInteger>> _families;

    private ILookup<string, BigInteger> Families => _families.Value;

    public EndMarkers(AbiSpec spec)
    {
        _macros = Macro.Of(spec).Select(macro => macro.Constant).DistinctBy(constant => constant.Name)
            .ToDictionary(constant => constant.Name, StringComparer.Ordinal);
        foreach (var (item, member) in spec.Enums.SelectMany(item => item.Members.Select(member => (item, member))))
            _enumerators.TryAdd(member.Name, (item, member));
        _requests = spec.Ioctls;
        _families = new(ByBeginning);
    }

    /// <summary>The numbers of each beginning of names: of few is it asked, and it takes all names apart.</summary>
    private ILookup<string, BigInteger> ByBeginning() => _macros.Values.Where(constant => constant.Kind == ValueKind.Integer
            && !CountingName.HasEnd(CountingName.Words(constant.Name).Skip(1)) && !CountingName.IsTotal(CountingName.Words(constant.Name)))
            .Select(constant => (constant.Name, Value: constant.Integer))
            .SelectMany(member => Beginnings(member.Name).Select(beginning => (Beginning: beginning, member.Value)))
            .ToLookup(member => member.Beginning, member => member.Value, StringComparer.Ordinal);

    public bool Contains(ConstantSpec macro) => Contains(macro, depth: 0);

    private bool Contains(ConstantSpec macro, int depth)
    {
        if (macro.Kind != ValueKind.Integer || depth > 8)
            return false;
        var names = Identifier().Matches(macro.Expression).Select(match => match.Value).ToList();
        var words = CountingName.Words(macro.Name);
        if (names.Exists(name => IsEnd(name, depth)))
            return true;
        if (words is [['N', 'S', 'I', 'G', ..] count] && IsHighest(macro.Integer, count[4..]))
            return true; // NSIGSEGV: so many of SEGV_*
        if (!CountingName.HasEnd(words))
            return CountingName.IsTotal(words) && IsOneMore(macro.Integer, string.Join('_', words.SkipLast(1)));
        if (CountingName.StartsOf(macro.Name).Any(start => _macros.ContainsKey(start) || _enumerators.ContainsKey(start)))
            return EndsRange(macro.Integer, words);
        return (names.Count == 1 && Alone().IsMatch(macro.Expression) && EndsFamilyOf(macro.Integer, names[0])) || EndsFamily(macro, words);
    }

    private bool IsEnd(string name, int depth) => _enumerators.TryGetValue(name, out var found)
        ? new EnumeratorNames(found.Enum, found.Enum).IsCounter(found.Enum, found.Member)
        : _macros.TryGetValue(name, out var macro) && Contains(macro, depth + 1);

    /// <summary>
    /// Whether the end of a range is that of a list too: members of another name stand in it up to its end, as <c>VIRTIO_F_*</c> do in
    /// that of <c>VIRTIO_TRANSPORT_F_END</c>, and requests in that of <c>AMDKFD_COMMAND_END</c>.
    /// </summary>
    private bool EndsRange(BigInteger number, string[] words) => words.Length > 2
        && Families[string.Join('_', words.SkipLast(1))].Count() == 1
        && (Families[words[0]].Contains(number - 1)
            || _requests.Any(request => CountingName.Words(request.Name)[0] == words[0] && request.Number == number - 1));

    /// <summary>Whether a number is the highest of its family, or one more.</summary>
    private bool EndsFamily(ConstantSpec macro, string[] words)
    {
        var own = words.TakeWhile(word => !CountingName.HasEnd([word])).ToList();
        if (own.Count == 0)
            own = words[0] == "NR" ? ["NR"] : [];
        return IsHighest(macro.Integer, string.Join('_', own));
    }

    /// <summary>Whether a number is the last one of what another name is a member of, or one more.</summary>
    private bool EndsFamilyOf(BigInteger number, string member)
    {
        bool Ends(IReadOnlyCollection<BigInteger> values) =>
            values.Count > 1 && values.Max() is var last && (number == last || number == last + 1);
        return _enumerators.TryGetValue(member, out var found)
            ? Ends([.. found.Enum.Members.Select(other => other.Value)])
            : Beginnings(member).Any(beginning => Ends([.. Families[beginning]]));
    }

    private bool IsOneMore(BigInteger number, string family)
    {
        var values = Families[family].ToList();
        return values.Count >= SmallestFamily && number == values.Max() + 1;
    }

    private bool IsHighest(BigInteger number, string family)
    {
        var values = Families[family].ToList();
        return values.Count >= SmallestFamily && values.Max() is var last && (number == last || number == last + 1);
    }

    /// <summary>
    /// Whether a number is all single bits of its family together, as <c>MOVE_MOUNT__MASK</c> is, or of a wider one, as
    /// <c>SPI_MODE_USER_MASK</c> is of <c>SPI_*</c>.
    /// </summary>
    public bool IsMaskOfFamily(ConstantSpec macro)
    {
        var words = CountingName.Words(macro.Name);
        if (macro.Kind != ValueKind.Integer || !CountingName.HasMask(words.Skip(1)))
            return false;
        var own = words.Skip(1).TakeWhile(word => !CountingName.HasMask([word])).Prepend(words[0]).ToList();
        return Enumerable.Range(1, own.Count).Any(count => IsAllBits(macro.Integer, string.Join('_', own.Take(count))));
    }

    private bool IsAllBits(BigInteger mask, string family)
    {
        var bits = Families[family].Where(value => value.Sign > 0 && value.IsPowerOfTwo).Distinct().ToList();
        return bits.Count >= SmallestFamily && bits.Aggregate(BigInteger.Zero, (all, bit) => all | bit) == mask;
    }

    private static IEnumerable<string> Beginnings(string name)
    {
        var words = CountingName.Words(name);
        return Enumerable.Range(1, Math.Max(0, words.Length - 1)).Select(count => string.Join('_', words.Take(count)));
    }

    [GeneratedRegex(@"\b[A-Za-z_]\w*", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    /// <summary>One name, or the name before or behind it.</summary>
    [GeneratedRegex(@"^\(*\s*[A-Za-z_]\w*\s*([+-]\s*1)?\s*\)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Alone();
}
