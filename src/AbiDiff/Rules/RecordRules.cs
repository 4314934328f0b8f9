using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>Drift of structs and unions as wholes; <see cref="FieldRules"/> looks inside.</summary>
internal sealed class RecordRules
{
    private readonly ExtensibleRecords _extensible;
    private readonly AbiSpec _old;
    private readonly AbiSpec _current;

    /// <summary>Pairs that are being compared: what points to one another would not come to an end.</summary>
    private readonly HashSet<(string Old, string New)> _open = [];

    public RecordRules(ExtensibleRecords extensible, AbiSpec old, AbiSpec current)
    {
        (_extensible, _old, _current) = (extensible, old, current);
        _typedefs = Typedefs(old).Intersect(Typedefs(current)).ToHashSet(StringComparer.Ordinal);
        Pointees = new(AreSame, () => LayoutOnly);
        FullTypes = new(Pointees);
        Strides = new(old, current, extensible);
        Unnamed = new(this, old, current);
    }

    public UnnamedRecords Unnamed { get; }

    public Pointees Pointees { get; }

    public FullTypes FullTypes { get; }

    /// <summary>Whether layout alone counts now: two records of other names are compared.</summary>
    public bool LayoutOnly => _open.Count > 0;

    public Strides Strides { get; }

    /// <summary>Whether two records of whatever names have the same layout.</summary>
    public bool AreSame(TypeRef was, TypeRef now)
    {
        if (_old.FindStruct(was) is not { } left || _current.FindStruct(now) is not { } right || left.Kind != right.Kind)
            return false;
        if (!_open.Add((was.Name, now.Name)))
            return true;
        try
        {
            return !Record("", left, right, hasRoom: false).Any();
        }
        finally
        {
            _open.Remove((was.Name, now.Name));
        }
    }

    /// <summary>The record that a field of either side holds, whether it is written inside the field or by its name.</summary>
    public (StructSpec? Old, StructSpec? New) RecordsOf(FieldSpec was, FieldSpec now) =>
        (was.Inline ?? _old.FindStruct(was.Type), now.Inline ?? _current.FindStruct(now.Type));

    /// <summary>
    /// Whether the type of an element, or what a pointer points to, is a typedef that both sides tell of, be it that of a record or enum
    /// without a tag.
    /// </summary>
    public bool HaveTypedef(string spelling) => FullType.Named(spelling) is var name && _typedefs.Contains(name);

    private readonly HashSet<string> _typedefs;

    private static IEnumerable<string> Typedefs(AbiSpec spec) => spec.Typedefs.Select(typedef => typedef.Name)
        .Concat(spec.Structs.Where(record => !record.Tagged).Select(record => record.Name))
        .Concat(spec.Enums.Where(item => !item.Tagged).Select(item => item.Name));

    /// <summary>What may happen to the fields of a record that only grew.</summary>
    private static readonly HashSet<ChangeKind> LeavesInPlace =
    [
        RecordKinds.FieldAppended, RecordKinds.FieldInPadding, RecordKinds.PaddingNamed, RecordKinds.FieldRetyped,
            RecordKinds.FieldRenamed, RecordKinds.UnionMemberAdded,
        RecordKinds.FieldReshaped, RecordKinds.QualifierChanged, RecordKinds.ConstDropped, RecordKinds.FunctionPointerRetyped,
        RecordKinds.PointerRetyped,
        RecordKinds.ReservedUsed, RecordKinds.ReservedReshaped, RecordKinds.RecordExtended,
    ];

    public IEnumerable<AbiChange> Compare()
    {
        foreach (var (was, now) in Pairing.ByName(_old.Structs, _current.Structs, record => record.Id))
        {
            var changes = (was, now) switch
            {
                (null, { } added) => [new(IsUnion(added) ? RecordKinds.UnionAdded : RecordKinds.StructAdded, added.Id, "", $"{added.Size} bytes")],
                ({ } removed, null) =>
                    [new(IsUnion(removed) ? RecordKinds.UnionRemoved : RecordKinds.StructRemoved, removed.Id, $"{removed.Size} bytes", "")],
                _ => Record(was!.Id, was, now!, hasRoom: false),
            };
            foreach (var change in changes)
                yield return change;
        }
    }

    /// <param name="subject">The record's name, or the path of the field it is written in.</param>
    /// <param name="hasRoom">It stands in a union that did not grow, and so over bytes that were there before.</param>
    public IEnumerable<AbiChange> Record(string subject, StructSpec was, StructSpec now, bool hasRoom)
    {
        var fields = new FieldRules(this).Compare(subject, was, now).ToList();
        if (was.Size != now.Size && Growth(subject, was, now, hasRoom, fields) is { } growth)
        {
            yield return growth.Change;
            fields = growth.Others;
        }
        else if (was.Size != now.Size)
        {
            var kind = IsUnion(was) && IsUnion(now) ? RecordKinds.UnionResized : RecordKinds.StructResized;
            yield return new(kind, subject, $"{was.Size} bytes", $"{now.Size} bytes");
        }
        foreach (var change in Attributes(subject, was, now).Concat(fields))
            yield return change;
    }

    /// <summary>Whether what is in a union of both sides may grow with it, or within it.</summary>
    public bool HasRoom(string subject, StructSpec was, StructSpec now) => was.Size == now.Size || _extensible.May(subject, was, now);

    /// <summary>
    /// The one change that a record is which only grew at its end and may, or lost such an end, and what else
    /// happened to its fields.
    /// </summary>
    private (AbiChange Change, List<AbiChange> Others)? Growth(string subject, StructSpec was, StructSpec now, bool hasRoom,
        List<AbiChange> fields)
    {
        var grew = now.Size > was.Size;
        var (small, large) = grew ? (was, now) : (now, was);
        if (!hasRoom && !_extensible.May(subject, small, large))
            return null;
        var growth = grew ? fields : new FieldRules(this).Compare(subject, small, large).ToList();
        var appended = growth.Where(change => change.Kind == RecordKinds.FieldAppended).Select(change => change.Subject)
            .ToHashSet(StringComparer.Ordinal);
        if (!growth.TrueForAll(change => LeavesInPlace.Contains(change.Kind))
            || (appended.Count == 0 && !IsUnion(large) && growth.TrueForAll(change => change.Kind != RecordKinds.UnionMemberAdded)))
            return null;
        var names = string.Join(", ", appended.Select(name => Subject.NameIn(subject, name)));
        string Text(StructSpec record) => $"{record.Size} bytes{(record == large && names.Length > 0 ? $" with {names}" : "")}";
        return (
            new(grew ? RecordKinds.RecordExtended : RecordKinds.RecordTruncated, subject, Text(was), Text(now)),
            [.. fields.Where(change => !appended.Contains(change.Subject))]);
    }

    private static IEnumerable<AbiChange> Attributes(string subject, StructSpec was, StructSpec now)
    {
        var union = IsUnion(was) && IsUnion(now);
        // A record without a name stands in one place only: what its alignment moves is told there.
        if (was.Align != now.Align && was.Name.Length + now.Name.Length > 0)
        {
            var kind = union ? RecordKinds.UnionRealigned : RecordKinds.StructRealigned;
            yield return new(kind, subject, $"aligned to {was.Align}", $"aligned to {now.Align}");
        }
        if (was.Qualifiers != now.Qualifiers)
            yield return new(RecordKinds.QualifierChanged, subject, EnumRules.Qualified(was.Qualifiers),
                EnumRules.Qualified(now.Qualifiers));
        if (was.Packed != now.Packed)
        {
            var kind = union ? RecordKinds.UnionPacking : RecordKinds.StructPacking;
            yield return new(kind, subject, was.Packed ? "packed" : "not packed", now.Packed ? "packed" : "not packed");
        }
    }

    public static bool IsUnion(StructSpec record) => record.Kind == RecordKind.Union;
}
