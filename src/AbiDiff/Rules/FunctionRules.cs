using System.Text.RegularExpressions;
using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>Drift of functions. A model made before their types were kept says nothing of them.</summary>
internal static partial class FunctionRules
{
    public static IEnumerable<AbiChange> Compare(AbiSpec old, AbiSpec current, RecordRules records)
    {
        var (olds, news) = (Functions(old), Functions(current));
        if (olds.Count == 0 && news.Count == 0)
            return [];
        var (others, othersNow) = (Others(old), Others(current));
        return Pairing.ByName(olds, news, item => item.Name).SelectMany(pair => pair switch
        {
            ({ } was, { } now) => Altered(was, now, records.FullTypes).Concat(Unnamed(was, now, records)),
            // What became of a macro is told with the macros.
            (null, { } come) => others.Contains(come.Name) ? [] : [new AbiChange(FunctionKinds.Added, come.Name, "", Signature(come))],
            ({ } gone, _) when IsMacro(current, gone.Name) => [new AbiChange(FunctionKinds.BecameMacro, gone.Name, "function", "macro")],
            ({ } gone, _) => othersNow.Contains(gone.Name) ? [] : [new AbiChange(FunctionKinds.Removed, gone.Name, Signature(gone), "")],
            _ => [],
        });
    }

    /// <summary>Whether a macro has the name of a function that is gone.</summary>
    public static bool BecameMacro(string macro, AbiSpec old, AbiSpec current) => Functions(old).Exists(item => item.Name == macro)
        && !current.Unresolved.Any(item => item.Name == macro && item.Kind == "declaration");

    private static List<UnresolvedSpec> Functions(AbiSpec spec) => [.. spec.Unresolved.Where(IsFunction)];

    private static bool IsFunction(UnresolvedSpec item) => item.Kind == "declaration" && item.Body.Length > 0;

    /// <summary>Names of anything that a call may reach but a known function.</summary>
    private static HashSet<string> Others(AbiSpec spec) => spec.Unresolved.Where(item => !IsFunction(item)).Select(item => item.Name)
        .Concat(Macro.Of(spec).Select(macro => macro.Name)).ToHashSet(StringComparer.Ordinal);

    private static bool IsMacro(AbiSpec spec, string name) => Macro.Of(spec).Any(macro => macro.Name == name)
        || spec.Unresolved.Any(item => item.Name == name && item.Kind != "declaration");

    private static List<AbiChange> Altered(UnresolvedSpec was, UnresolvedSpec now, FullTypes types)
    {
        var (before, after) = (Signature(was), Signature(now));
        var (body, bodyNow) = (MacroBody.Plain(was.Body[before.Length..]), MacroBody.Plain(now.Body[after.Length..]));
        List<AbiChange> gone = body.Length > 0 && body != Unread && bodyNow.Length == 0
            ? [new(FunctionKinds.BodyRemoved, was.Name, MacroBody.Texts(body, "").Old, "")] : [];
        if (Retyped(before, after, types) is { } kind)
            return [.. gone, new(kind, was.Name, before, after)];
        if (gone.Count > 0)
            return gone;
        // A body of before that nobody told of may be a program's own; one that a macro makes is not told.
        if (body.Length == 0 || bodyNow.Length == 0 || body == bodyNow || body == Unread || bodyNow == Unread)
            return [];
        var (text, textNow) = MacroBody.Texts(body, bodyNow);
        return [new(FunctionKinds.BodyChanged, was.Name, text, textNow)];
    }

    /// <summary>What became of records without a name behind what it takes and gives.</summary>
    private static IEnumerable<AbiChange> Unnamed(UnresolvedSpec was, UnresolvedSpec now, RecordRules records) =>
        was.Unnamed.Count != now.Unnamed.Count ? [] : UnnamedType.Places(Signature(was), was.Name).Zip(was.Unnamed, now.Unnamed)
            .SelectMany(item => records.Record(item.First, item.Second, item.Third, hasRoom: false));

    /// <summary>A body that comes out of a macro.</summary>
    private const string Unread = "{ ... }";

    /// <summary>The types of a function: what stands before its body.</summary>
    private static string Signature(UnresolvedSpec function) =>
        function.Body.IndexOf(" { ", StringComparison.Ordinal) is > 0 and var brace ? function.Body[..brace] : function.Body;

    /// <summary>What a change of a function's types is; null when a call does not see it.</summary>
    private static ChangeKind? Retyped(string before, string after, FullTypes types)
    {
        var (was, now) = (ByValue().Replace(before, "$1"), ByValue().Replace(after, "$1"));
        if (was == now)
            return null;
        // Behind a pointer nothing is converted.
        if (FullType.WithoutRanks(was) == FullType.WithoutRanks(now))
            return FullType.AreOtherLongs(was, now) ? FunctionKinds.SignatureChanged : FunctionKinds.Retyped;
        return FunctionType.Of(FullType.WithoutRanks(was)) is { } old && FunctionType.Of(FullType.WithoutRanks(now)) is { } current
            && Converts(old, current, types) ? FunctionKinds.Retyped : FunctionKinds.SignatureChanged;
    }

    /// <summary>Whether each call of the one is one of the other: C converts numbers, and pointers to the same by a warning.</summary>
    private static bool Converts(FunctionType before, FunctionType after, FullTypes types) => before.Takes.Count == after.Takes.Count
        && before.Takes.Zip(after.Takes).Append((before.Gives, after.Gives)).All(pair => pair.Item1 == pair.Item2
            || (IsNumber(pair.Item1) && IsNumber(pair.Item2)) || Unqualified(pair.Item1) == Unqualified(pair.Item2)
            || (FullType.IsFunction(pair.Item1) && FullType.IsFunction(pair.Item2)
                && types.Change(pair.Item1, pair.Item2)?.Severity != Severity.Breaking));

    /// <summary>A number that is handed over itself is converted, whatever C calls it.</summary>
    [GeneratedRegex(@"\b([su]\d+)[lsc]\b(?![^,()]*\*)", RegexOptions.CultureInvariant)]
    private static partial Regex ByValue();

    private static bool IsNumber(string type) => TypeRef.TryParse(type.Trim(), out var known)
        && known is { IsArray: false, Kind: TypeKind.Integer or TypeKind.Boolean or TypeKind.Enum or TypeKind.Float };

    /// <summary>A pointer without its const and, of a number, its sign; anything else as it is.</summary>
    private static string Unqualified(string type)
    {
        var plain = type.Replace("const ", "", StringComparison.Ordinal).Trim();
        return plain.EndsWith(" *", StringComparison.Ordinal) && plain[0] is 'u' or 's' && char.IsAsciiDigit(plain[1]) ? plain[1..] : plain;
    }
}
