using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>Drift of enums and typedefs.</summary>
internal static class EnumRules
{
    public static IEnumerable<AbiChange> Compare(AbiSpec old, AbiSpec current)
    {
        foreach (var (id, was, now) in EnumPairing.Of(old, current))
        {
            if (was is null)
                yield return new(ValueKinds.EnumAdded, id, "", $"{now!.Members.Count} members");
            else if (now is null)
                yield return new(ValueKinds.EnumRemoved, id, $"{was.Members.Count} members", "");
            else
                foreach (var change in Compare(id, was, now))
                    yield return change;
        }
    }

    private static IEnumerable<AbiChange> Compare(string id, EnumSpec was, EnumSpec now)
    {
        if (was.Type != now.Type)
            yield return new(ValueKinds.EnumRetyped, id, was.Type.ToString(), now.Type.ToString());
        var members = new EnumMembers(was, now);
        foreach (var (old, current) in members.Moved)
            yield return new(ValueKinds.EnumeratorChanged, old.Name, old.Value.ToString(), current.Value.ToString());
        foreach (var (old, current) in members.MovedEnds)
            yield return new(ValueKinds.EndMarkerMoved, old.Name, old.Value.ToString(), current.Value.ToString());
        foreach (var (old, current) in members.ChangedMasks)
            yield return new((old.Value & current.Value) == old.Value ? ValueKinds.MaskGrew : ValueKinds.MaskShrank, old.Name, Hex(old), Hex(current));
        foreach (var (old, current) in members.Renamed)
            yield return new(ValueKinds.EnumeratorRenamed, old.Name, old.Name, current.Name);
        foreach (var (old, current) in members.TakenOver)
            yield return new(ValueKinds.EnumeratorValueReused, $"{id} = {current.Value}", old.Name, current.Name);
        foreach (var old in members.Gone)
            yield return new(ValueKinds.EnumeratorRemoved, old.Name, old.Value.ToString(), "");
        foreach (var current in members.Come)
            yield return new(members.IsReuse(current) ? ValueKinds.EnumeratorValueReused : ValueKinds.EnumeratorAdded, current.Name, "", current.Value.ToString());
    }

    private static string Hex(EnumMemberSpec member) => $"0x{member.Value.ToString("x").TrimStart('0')}";

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
