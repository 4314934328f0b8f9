using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Settling;

/// <summary>
/// Macros for a type that are a typedef now: a program has the type all the same. The old side then has the typedef too; the way
/// back is that of <see cref="KeptByMacro"/>.
/// </summary>
internal static class BecameTypedefs
{
    public static (AbiSpec Old, IReadOnlyList<AbiChange> Told) Settle(AbiSpec old, AbiSpec current)
    {
        var typedefs = old.Typedefs.Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        var macros = current.Unresolved.Where(item => item.Kind != "declaration").Select(item => item.Name)
            .ToHashSet(StringComparer.Ordinal);
        var pairs = old.Unresolved.Where(item => item is { Kind: "not-an-expression", Body.Length: > 0 }
                && !typedefs.Contains(item.Name) && !macros.Contains(item.Name))
            .Join(current.Typedefs, item => item.Name, item => item.Name, (macro, typedef) => (Macro: macro, Typedef: typedef)).ToList();
        if (pairs.Count == 0)
            return (old, []);
        var gone = pairs.Select(pair => pair.Macro).ToHashSet();
        return (old with
        {
            Unresolved = old.Unresolved.Where(item => !gone.Contains(item)).ToEquatableArray(),
            Typedefs = old.Typedefs.Concat(pairs.Select(pair => pair.Typedef)).ToEquatableArray(),
        }, [.. pairs.SelectMany(pair => Told(pair.Macro, pair.Typedef))]);
    }

    private static IEnumerable<AbiChange> Told(UnresolvedSpec macro, TypedefSpec typedef)
    {
        yield return new(ValueKinds.BecameTypedef, macro.Name, "macro for " + macro.Body, "typedef");
        if (macro.Body != typedef.CType)
            yield return new(ValueKinds.MacroBodyChanged, macro.Name, macro.Body, typedef.CType);
    }
}
