using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>Drift of enums and typedefs.</summary>
internal static class EnumRules
{
    public static IEnumerable<AbiChange> Compare(AbiSpec old, AbiSpec current)
    {
        foreach (var (was, now) in Pairing.ByName(old.Enums, current.Enums, item => item.Id))
        {
            if (was is null)
                yield return new(ValueKinds.EnumAdded, now!.Id, "", $"{now.Members.Count} members");
            else if (now is null)
                yield return new(ValueKinds.EnumRemoved, was.Id, $"{was.Members.Count} members", "");
            else
                foreach (var change in Members(was, now))
                    yield return change;
        }
    }

    private static IEnumerable<AbiChange> Members(EnumSpec was, EnumSpec now)
    {
        if (was.Type != now.Type)
            yield return new(ValueKinds.EnumRetyped, was.Id, was.Type.ToString(), now.Type.ToString());
        var pairs = Pairing.ByName(was.Members, now.Members, member => member.Name).ToList();
        var added = pairs.Where(pair => pair.Old is null).Select(pair => pair.New!).ToList();
        foreach (var (old, current) in pairs)
        {
            if (old is null)
                continue;
            if (current is not null && old.Value != current.Value)
                yield return new(ValueKinds.EnumeratorChanged, old.Name, old.Value.ToString(), current.Value.ToString());
            if (current is not null)
                continue;
            if (added.FirstOrDefault(candidate => candidate.Value == old.Value) is { } renamed)
            {
                added.Remove(renamed);
                yield return new(ValueKinds.EnumeratorRenamed, old.Name, old.Name, renamed.Name);
            }
            else
            {
                yield return new(ValueKinds.EnumeratorRemoved, old.Name, old.Value.ToString(), "");
            }
        }
        foreach (var current in added)
            yield return new(ValueKinds.EnumeratorAdded, current.Name, "", current.Value.ToString());
    }

    public static IEnumerable<AbiChange> Typedefs(AbiSpec old, AbiSpec current)
    {
        foreach (var (was, now) in Pairing.ByName(old.Typedefs, current.Typedefs, item => item.Name))
        {
            if (was is null)
                yield return new(ValueKinds.TypedefAdded, now!.Name, "", now.CType);
            else if (now is null)
                yield return new(ValueKinds.TypedefRemoved, was.Name, was.CType, "");
            else if (was.Type != now.Type || (was.Size != now.Size && !was.Type.IsRecord))
                yield return new(ValueKinds.TypedefChanged, was.Name, $"{was.CType}, {was.Size} bytes", $"{now.CType}, {now.Size} bytes");
        }
    }
}
