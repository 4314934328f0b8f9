using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>Drift of structs and unions as wholes; <see cref="FieldRules"/> looks inside.</summary>
internal static class RecordRules
{
    public static IEnumerable<AbiChange> Compare(AbiSpec old, AbiSpec current)
    {
        foreach (var (was, now) in Pairing.ByName(old.Structs, current.Structs, record => record.Id))
        {
            var changes = (was, now) switch
            {
                (null, { } added) => [new(IsUnion(added) ? RecordKinds.UnionAdded : RecordKinds.StructAdded, added.Id, "", $"{added.Size} bytes")],
                ({ } removed, null) => [new(IsUnion(removed) ? RecordKinds.UnionRemoved : RecordKinds.StructRemoved, removed.Id, $"{removed.Size} bytes", "")],
                _ => Record(was!.Id, was, now!),
            };
            foreach (var change in changes)
                yield return change;
        }
    }

    /// <param name="subject">The record's name, or the path of the field it is written in.</param>
    public static IEnumerable<AbiChange> Record(string subject, StructSpec was, StructSpec now)
    {
        var union = IsUnion(was) && IsUnion(now);
        if (was.Size != now.Size)
            yield return new(union ? RecordKinds.UnionResized : RecordKinds.StructResized, subject, $"{was.Size} bytes", $"{now.Size} bytes");
        if (was.Align != now.Align)
            yield return new(union ? RecordKinds.UnionRealigned : RecordKinds.StructRealigned, subject, $"aligned to {was.Align}", $"aligned to {now.Align}");
        if (was.Packed != now.Packed)
            yield return new(union ? RecordKinds.UnionPacking : RecordKinds.StructPacking, subject, was.Packed ? "packed" : "not packed", now.Packed ? "packed" : "not packed");
        foreach (var change in FieldRules.Compare(subject, was, now))
            yield return change;
    }

    public static bool IsUnion(StructSpec record) => record.Kind == RecordKind.Union;
}
