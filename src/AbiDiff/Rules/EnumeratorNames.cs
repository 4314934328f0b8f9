using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>What the names of an enum's members tell, those of both sides taken together.</summary>
internal sealed class EnumeratorNames
{
    private static readonly BigInteger FirstBitBeside = BigInteger.One << 16;

    /// <summary>The least number of bits that make an enum one of bits.</summary>
    private const int FewestBits = 3;

    private readonly List<string> _prefix = [];

    public EnumeratorNames(EnumSpec old, EnumSpec current)
    {
        var all = old.Members.Concat(current.Members).Select(member => member.Name).Distinct(StringComparer.Ordinal).Select(Words).ToList();
        // Most members and not all: NUM_NL80211_ATTR ends the enum of NL80211_ATTR_*.
        for (var alike = all; NextWord(alike) is { } next && next.Count() * 2 > all.Count; alike = [.. next])
            _prefix.Add(next.Key);
    }

    private IGrouping<string, string[]>? NextWord(IEnumerable<string[]> names) =>
        names.Where(words => words.Length > _prefix.Count).GroupBy(words => words[_prefix.Count], StringComparer.Ordinal).MaxBy(group => group.Count());

    /// <summary>Whether two names of one value are the same thing renamed.</summary>
    public bool AreRelated(string left, string right)
    {
        var (a, b) = (Words(left), Words(right));
        var shared = Math.Min(Shared(a), Shared(b));
        return Pairing.AreRelated(a[shared..], b[shared..]);
    }

    /// <summary>
    /// Whether a member marks the end of its enum, as <c>X_MAX</c> and <c>__X_LAST</c> do: it is the last other member or the number
    /// behind it, and its value goes to the next member by design.
    /// </summary>
    public bool IsCounter(EnumSpec item, EnumMemberSpec member) =>
        SoundsLikeCounter(member.Name)
            ? item.Members.All(other => other.Value <= member.Value || SoundsLikeCounter(other.Name) || IsBeside(item, other)
                || HasMaskWord(other)) && EndsMembers(item, member) && !HasStart(item, member) && !HasClearerEnd(item, member)
            : IsTotal(item, member);

    /// <summary>
    /// Whether a member called <c>END</c> has a marker of a clearer name at its value or above: it is then one of the others.
    /// </summary>
    private bool HasClearerEnd(EnumSpec item, EnumMemberSpec member) => IsPlainEnd(member.Name) && item.Members.Any(other =>
        other.Value >= member.Value && SoundsLikeCounter(other.Name) && !IsPlainEnd(other.Name));

    private bool IsPlainEnd(string name) => Words(name) is var words && CountingName.IsPlainEnd(name, words[Shared(words)..]);

    /// <summary>Whether nothing but its name <c>END</c> says that a member is the end of the enum, and no state that comes last.</summary>
    public bool MayBeState(EnumSpec item, EnumMemberSpec member) =>
        IsPlainEnd(member.Name) && !item.Members.Any(other => other.Name != member.Name && SoundsLikeCounter(other.Name));

    /// <summary>
    /// Whether a member is the last one but for markers, or stands right behind some other one. A chosen limit does neither.
    /// </summary>
    private bool EndsMembers(EnumSpec item, EnumMemberSpec member) => item.Members.Any(other => other.Name != member.Name
        && (other.Value == member.Value - 1 || (other.Value == member.Value && !SoundsLikeCounter(other.Name)))) || EndsBits(item, member);

    /// <summary>Whether a member is the next bit of an enum of bits, as <c>PERF_SAMPLE_BRANCH_MAX</c> is.</summary>
    private bool EndsBits(EnumSpec item, EnumMemberSpec member)
    {
        var bits = item.Members.Where(other => other.Value.Sign > 0 && !SoundsLikeCounter(other.Name)).ToList();
        return bits.Count >= FewestBits && bits.TrueForAll(bit => bit.Value.IsPowerOfTwo || HasMaskWord(bit))
            && member.Value == bits.Where(bit => bit.Value.IsPowerOfTwo).Select(bit => bit.Value).DefaultIfEmpty().Max() * 2;
    }

    /// <summary>Whether an <c>X_END</c> stands with an <c>X_START</c>: the end of something, and of no list.</summary>
    private static bool HasStart(EnumSpec item, EnumMemberSpec member) => CountingName.StartsOf(member.Name) is var starts
        && item.Members.Any(other => starts.Contains(other.Name));

    /// <summary>
    /// Whether a member of a weaker name, as <c>GOYA_QUEUE_ID_SIZE</c>, tells how many others there are: where an enum has a marker
    /// of a clear name, that is the end, and <c>X_ATTR_SIZE</c> before <c>__X_ATTR_MAX</c> an attribute.
    /// </summary>
    private bool IsTotal(EnumSpec item, EnumMemberSpec member) => CountingName.IsTotalOfEnum(Words(member.Name))
        && item.Members.All(other => other.Name == member.Name || (other.Value < member.Value && !SoundsLikeCounter(other.Name)))
        && EndsMembers(item, member);

    /// <summary>
    /// Whether a member is a bit far above the others, to be set together with one of them:
    /// <c>IORING_REGISTER_USE_REGISTERED_RING</c>.
    /// </summary>
    private static bool IsBeside(EnumSpec item, EnumMemberSpec member) =>
        member.Value >= FirstBitBeside && member.Value.IsPowerOfTwo && item.Members.Count(other => other.Value >= FirstBitBeside) == 1;

    private bool HasMaskWord(EnumMemberSpec member) => Words(member.Name) is var words && CountingName.HasMask(words[Shared(words)..]);

    private bool SoundsLikeCounter(string name) =>
        name.StartsWith("__", StringComparison.Ordinal) || (Words(name) is var words && CountingName.HasEnd(words[Shared(words)..]));

    /// <summary>
    /// Whether a member stands for all others together, as <c>SOF_TIMESTAMPING_MASK</c> does: it has every bit that
    /// another has.
    /// </summary>
    public bool IsMask(EnumSpec item, EnumMemberSpec member) => member.Value.Sign > 0 && HasMaskWord(member)
        && item.Members.All(other => other.Value.Sign < 0 || (other.Value & member.Value) == other.Value || SoundsLikeCounter(other.Name));

    /// <summary>How many words of a name are those that most members begin with. At least one is its own.</summary>
    private int Shared(string[] words) => words.SkipLast(1).Zip(_prefix).TakeWhile(pair => pair.First == pair.Second).Count();

    private static string[] Words(string name) => CountingName.Words(name);
}
