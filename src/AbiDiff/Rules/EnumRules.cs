using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>Drift of enums and typedefs.</summary>
internal static class EnumRules
{
    public static IEnumerable<AbiChange> Compare(
        IReadOnlyList<EnumPair> enums, Crossings crossings, IReadOnlySet<string> stored, IReadOnlySet<string> counted)
    {
        foreach (var change in enums.SelectMany(pair => Compare(pair, crossings, stored, counted))
            .Concat(crossings.All.SelectMany(Crossed)))
            yield return change;
    }

    private static IEnumerable<AbiChange> Compare(
        EnumPair pair, Crossings crossings, IReadOnlySet<string> stored, IReadOnlySet<string> counted)
    {
        var (id, was, now) = pair;
        var lives = (was ?? now)!.Members.Any(member => crossings.Contains(member.Name));
        if (!lives && was is null)
            return [new(ValueKinds.EnumAdded, id, "", $"{now!.Members.Count} members")];
        if (!lives && now is null)
            return [new(ValueKinds.EnumRemoved, id, $"{was!.Members.Count} members", "")];
        var shows = new[] { was, now }.Any(side => side is not null && stored.Contains(side.Id));
        return Tags(was, now).Concat(Compare(id, shows, Staying(was, now, crossings), Staying(now, was, crossings), counted));
    }

    /// <summary>
    /// The enum without the members that went or came from elsewhere; of one that is on the other side only, an empty
    /// one.
    /// </summary>
    private static EnumSpec Staying(EnumSpec? item, EnumSpec? other, Crossings crossings) => item is null
        ? other! with { Members = default }
        : item with { Members = item.Members.Where(member => !crossings.Contains(member.Name)).ToEquatableArray() };

    /// <summary>A name that the enum has on one side only, while its members are on both.</summary>
    private static IEnumerable<AbiChange> Tags(EnumSpec? was, EnumSpec? now)
    {
        if (was?.Name.Length > 0 && was.Id != now?.Id)
            yield return new(ValueKinds.TagRemoved, was.Id, "", "");
        if (now?.Name.Length > 0 && was?.Id != now.Id)
            yield return new(ValueKinds.TagAdded, now.Id, "", "");
    }

    private static IEnumerable<AbiChange> Crossed(Crossing crossing)
    {
        var kind = (crossing.Old, crossing.New) switch
        {
            (_, Crossings.Macro) => ValueKinds.BecameMacro,
            (Crossings.Macro, _) when !crossing.IsDefined => ValueKinds.BecameEnumerator,
            _ => ValueKinds.Moved,
        };
        yield return new(kind, crossing.Name, crossing.Old, crossing.New);
        if (!SameNumber.Is(crossing.Was, crossing.Is))
        {
            var changed = crossing.WasEnd && crossing.IsEnd ? ValueKinds.EndMarkerMoved : ValueKinds.EnumeratorChanged;
            yield return new(changed, crossing.Name, crossing.Was.ToString(), crossing.Is.ToString());
        }
    }

    /// <summary>The enums that are in the records and ioctls of a side, where their width shows.</summary>
    public static IEnumerable<string> Stored(AbiSpec spec)
    {
        static IEnumerable<TypeRef> Types(StructSpec record) =>
            record.Fields.SelectMany(field => field.Inline is { } inline ? Types(inline)
                : field.Unnamed.SelectMany(Types).Append(field.Type));
        return spec.Structs.SelectMany(Types).Concat(spec.Ioctls.Select(ioctl => ioctl.ArgumentType))
            .Where(type => type.Kind == TypeKind.Enum).Select(type => type.Name);
    }

    /// <summary>The names that macros for the end of a list, as <c>X_MAX</c> is, are computed from.</summary>
    public static IEnumerable<string> Counted(AbiSpec spec) => spec.Constants
        .Where(constant => CountingName.HasEnd(CountingName.Words(constant.Name)))
        .SelectMany(constant => constant.Expression.Split([' ', '(', ')', '+', '-'], StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<AbiChange> Compare(string id, bool shows, EnumSpec was, EnumSpec now, IReadOnlySet<string> counted)
    {
        if (was.Qualifiers != now.Qualifiers)
            yield return new(RecordKinds.QualifierChanged, id, Qualified(was.Qualifiers), Qualified(now.Qualifiers));
        if (was.Type != now.Type)
        {
            var kind = shows && was.Type.ScalarSize != now.Type.ScalarSize ? ValueKinds.EnumRetyped : ValueKinds.EnumStorage;
            yield return new(kind, id, was.Type.ToString(), now.Type.ToString());
        }
        foreach (var (old, current) in Pairing.ByName(was.Members, now.Members, member => member.Name))
        {
            if (old is not null && current is not null && old.Defined != current.Defined)
                yield return old.Defined ? new(ValueKinds.MacroRemoved, old.Name, Define(old.Name), "")
                    : new(ValueKinds.MacroAdded, old.Name, "", Define(old.Name));
        }
        var members = new EnumMembers(was, now);
        foreach (var (old, current) in members.Moved)
            yield return new(ValueKinds.EnumeratorChanged, old.Name, old.Value.ToString(), current.Value.ToString());
        foreach (var (old, current) in members.MovedEnds)
        {
            var kind = members.MayBeState(old) && !counted.Contains(old.Name) ? ValueKinds.EndMoved : ValueKinds.EndMarkerMoved;
            yield return new(kind, old.Name, old.Value.ToString(), current.Value.ToString());
        }
        foreach (var (old, current) in members.ChangedMasks)
            yield return new((old.Value & current.Value) == old.Value ? ValueKinds.MaskGrew
                : ValueKinds.MaskShrank, old.Name, Hex(old), Hex(current));
        foreach (var (old, current) in members.Renamed)
            yield return new(ValueKinds.EnumeratorRenamed, old.Name, old.Name, current.Name);
        if (members.RenamedEnd is { } end)
            yield return new(ValueKinds.EnumeratorRenamed, end.Old.Name, end.Old.Name, end.New.Name);
        foreach (var (old, current) in members.TakenOver)
            yield return new(ValueKinds.EnumeratorValueReused, $"{id} = {current.Value}", old.Name, current.Name);
        foreach (var old in members.Gone)
            yield return new(ValueKinds.EnumeratorRemoved, old.Name, old.Value.ToString(), "");
        foreach (var current in members.Come)
            yield return new(members.IsReuse(current) ? ValueKinds.EnumeratorValueReused : ValueKinds.EnumeratorAdded, current.Name, "", current.Value.ToString());
    }

    /// <summary>How a typedef is qualified, as a message tells it.</summary>
    public static string Qualified(string qualifiers) => qualifiers.Length == 0 ? "not qualified" : qualifiers;

    /// <summary>What <c>#ifdef</c> finds of a member.</summary>
    public static string Define(string member) => $"#define {member} {member}";

    private static string Hex(EnumMemberSpec member) => $"0x{member.Value.ToString("x").TrimStart('0')}";

    /// <summary>Whether two types are integers of one size, so that only their sign differs.</summary>
    private static bool AreAlike(TypeRef was, TypeRef now) => was.Kind == TypeKind.Integer && now.Kind == TypeKind.Integer
        && was.ScalarSize == now.ScalarSize && was.Dimensions.Equals(now.Dimensions);

    /// <param name="records">What tells types apart beyond their layout.</param>
    public static IEnumerable<AbiChange> Typedefs(AbiSpec old, AbiSpec current, RecordRules records)
    {
        var shared = old.Typedefs.Select(item => item.Name).Intersect(current.Typedefs.Select(item => item.Name))
            .ToHashSet(StringComparer.Ordinal);
        // Of two that name a third, directly or through a pointer, the change is that one's.
        bool IsToldOf(TypedefSpec was, TypedefSpec now) => was.CType == now.CType && shared.Contains(FullType.Named(was.CType));
        foreach (var (was, now) in Pairing.ByName(old.Typedefs, current.Typedefs, item => item.Name))
        {
            if (was is null)
                yield return new(ValueKinds.TypedefAdded, now!.Name, "", now.CType);
            else if (now is null)
                yield return new(ValueKinds.TypedefRemoved, was.Name, was.CType, "");
            else if (was.Type != now.Type && AreAlike(was.Type, now.Type))
                yield return new(ValueKinds.TypedefRetyped, was.Name, was.CType, now.CType);
            else if (was.Type.Dimensions.Count != now.Type.Dimensions.Count && was.Size == now.Size && was.Size > 0)
                yield return new(RecordKinds.FieldReshaped, was.Name, was.CType, now.CType);
            else if (was.Type != now.Type || (was.Size != now.Size && was.Type.Kind is not (TypeKind.Record or TypeKind.Inline)))
                yield return new(ValueKinds.TypedefChanged, was.Name, $"{was.CType}, {was.Size} bytes", $"{now.CType}, {now.Size} bytes");
            else if (ByteOrder.Differs(was.CType, now.CType))
                yield return new(RecordKinds.ByteOrderChanged, was.Name, was.CType, now.CType);
            else if (records.Unnamed.Compare("typedef " + was.Name, UnnamedType.Of(was), UnnamedType.Of(now)) is { } behind)
            {
                foreach (var change in behind)
                    yield return change.Subject == "typedef " + was.Name && OfTypes.Contains(change.Kind)
                        ? change with { Kind = OfTypedef(change.Kind), Subject = was.Name } : change;
            }
            else if (records.FullTypes.Change(FullType.Of(was), FullType.Of(now)) is { } kind && !IsToldOf(was, now))
            {
                var (text, textNow) = FullType.Told(was.CType, now.CType, FullType.Of(was), FullType.Of(now));
                yield return new(OfTypedef(kind), was.Name, text, textNow);
            }
        }
    }

    /// <summary>What may become of a type beyond its layout, and not of the record at its end.</summary>
    private static readonly HashSet<ChangeKind> OfTypes =
        [RecordKinds.ConstDropped, RecordKinds.QualifierChanged, RecordKinds.PointeeChanged, RecordKinds.FunctionPointerRetyped];

    /// <summary>
    /// What a change of a field's type is for a typedef. A program points to the typedef itself, so that its own <c>const</c> is
    /// behind a pointer there: <c>cu *</c> takes no <c>const</c> thing any more once <c>cu</c> has lost it.
    /// </summary>
    private static ChangeKind OfTypedef(ChangeKind kind) => kind == RecordKinds.FieldRetyped ? ValueKinds.TypedefRetyped
        : kind == RecordKinds.ConstDropped ? RecordKinds.QualifierChanged : kind;
}
