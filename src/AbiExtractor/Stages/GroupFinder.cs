using System.Numerics;
using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Stages;

/// <summary>Last stage: takes the macros that are bits of one word, or numbers of one event stream, out of the constants and groups them by name.</summary>
internal sealed class GroupFinder(IReadOnlyList<MacroDefinition> macros, AbiSpec spec)
{
    private static readonly HashSet<string> FlagMarkers = new(["FEATURE", "FEATURES", "FLAG", "FLAGS", "MODE", "MODES", "F", "CAP", "CAPS"], StringComparer.Ordinal);
    private static readonly HashSet<string> EventMarkers = new(["EVENT"], StringComparer.Ordinal);

    private static readonly int[] Sizes = [1, 2, 4, 8];

    private readonly Dictionary<string, ConstantSpec> _constants = spec.Constants.ToDictionary(constant => constant.Name, StringComparer.Ordinal);

    private readonly FieldFinder _fields = new(spec);

    public AbiSpec Grouped()
    {
        var flags = FlagGroups().ToList();
        var events = EventGroups().Where(group => !flags.Exists(other => other.Name == group.Name)).ToList();
        var taken = flags.Concat(events).SelectMany(group => group.Members).Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        return spec with
        {
            Constants = spec.Constants.Where(constant => !taken.Contains(constant.Name)).ToEquatableArray(),
            Flags = flags.ToEquatableArray(),
            Events = events.ToEquatableArray(),
        };
    }

    private IEnumerable<GroupSpec> FlagGroups()
    {
        var byPrefix = macros.Where(IsBit).Select(macro => (Macro: macro, Prefix: Prefix(macro.Name, FlagMarkers)));
        var marked = byPrefix.Where(item => item.Prefix is not null).GroupBy(item => item.Prefix!, item => item.Macro.Name, StringComparer.Ordinal).ToList();
        foreach (var group in marked)
            yield return Group(group.Key, [.. group]);
        var names = marked.Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var run in Runs().GroupBy(run => run.Prefix, run => run.Names, StringComparer.Ordinal).Where(run => !names.Contains(run.Key)))
            yield return Group(run.Key, [.. run.SelectMany(members => members)]);
    }

    /// <summary>Events are numbered, not bits, at least two of them, and stored in a field that bears their name.</summary>
    private IEnumerable<GroupSpec> EventGroups() => macros
        .Where(macro => Integer(macro) is not null && !IsBit(macro) && macro.Body.All(token => token.Text != "|"))
        .Select(macro => (macro.Name, Prefix: Prefix(macro.Name, EventMarkers)))
        .Where(item => item.Prefix is not null)
        .GroupBy(item => item.Prefix!, item => item.Name, StringComparer.Ordinal)
        .Where(group => group.Count() > 1 && group.Select(name => _constants[name].Integer).Distinct().Count() == group.Count())
        .Select(group => Group(group.Key, [.. group]))
        .Where(group => group.Field.Length > 0);

    private ConstantSpec? Integer(MacroDefinition macro) =>
        _constants.TryGetValue(macro.Name, out var constant) && constant is { Kind: ValueKind.Integer, Type.Kind: TypeKind.Integer } ? constant : null;

    /// <summary>A single bit that is written as one: <c>1 &lt;&lt; n</c> or <c>BIT(n)</c>.</summary>
    private bool IsBit(MacroDefinition macro)
    {
        if (Integer(macro) is not { } constant || !SingleBit(constant))
            return false;
        var texts = macro.Body.Select(token => token.Text).ToList();
        var shift = texts.IndexOf("<<");
        return (shift > 0 && texts.LastIndexOf("<<") == shift && texts[shift - 1].TrimEnd('u', 'U', 'l', 'L') == "1" && !texts.Contains("|"))
            || texts.Any(text => text is "BIT" or "_BITUL" or "_BITULL" or "BIT_ULL");
    }

    /// <summary>Also true of the top bit of a signed type, which the compiler sees as negative.</summary>
    private static bool SingleBit(ConstantSpec constant) =>
        constant.Bit is not null || (constant.Integer.Sign < 0 && BigInteger.Abs(constant.Integer).IsPowerOfTwo && constant.Integer == -(BigInteger.One << ((constant.Type.ScalarSize * 8) - 1)));

    /// <summary>The name up to its first marker: UFFD_FEATURE of UFFD_FEATURE_EVENT_FORK; null when there is no marker with names on both sides.</summary>
    private static string? Prefix(string name, HashSet<string> markers)
    {
        var parts = name.Split('_');
        var marker = Array.FindIndex(parts, 1, markers.Contains);
        return marker > 0 && marker < parts.Length - 1 ? string.Join('_', parts.Take(marker + 1)) : null;
    }

    /// <summary>Bits without a marker that follow one another in the header and share the beginning of their names.</summary>
    private IEnumerable<(string Prefix, List<string> Names)> Runs()
    {
        var run = new List<string>();
        string[] shared = [];
        foreach (var macro in macros)
        {
            var eligible = IsBit(macro) && Prefix(macro.Name, FlagMarkers) is null;
            var parts = macro.Name.Split('_');
            var common = shared.Zip(parts.SkipLast(1)).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First).ToArray();
            if (eligible && run.Count > 0 && IsSharing(common))
            {
                run.Add(macro.Name);
                shared = common;
                continue;
            }
            if (run.Count > 1)
                yield return (string.Join('_', shared), run);
            run = eligible ? [macro.Name] : [];
            shared = parts[..^1];
        }
        if (run.Count > 1)
            yield return (string.Join('_', shared), run);
    }

    private static bool IsSharing(string[] parts) => parts.Count(part => part.Length > 0) >= 2;

    private GroupSpec Group(string name, IReadOnlyList<string> names)
    {
        var members = names.Select(member => _constants[member]).OrderBy(member => member.Integer).ToEquatableArray();
        var needed = members.Max(member => SizeFor(member.Integer, member.Type.ScalarSize));
        var field = _fields.Find(name);
        var type = field?.Type is { Kind: TypeKind.Integer } stored && stored.ScalarSize >= SizeFor(members.Max(m => m.Integer), 8)
            ? TypeRef.Integer(stored.ScalarSize, signed: false)
            : TypeRef.Integer(needed, signed: false);
        return new() { Name = name, Type = type, Field = type.ScalarSize == field?.Type.ScalarSize ? field.Value.Path : "", Members = members };
    }

    /// <summary>Bytes of the smallest integer that holds the value, at most <paramref name="most"/>; a negative value needs all of them.</summary>
    private static int SizeFor(BigInteger value, int most) => value.Sign < 0 || most > 8 ? most
        : Sizes.First(size => value < BigInteger.One << (size * 8));
}
