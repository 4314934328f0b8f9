using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>Drift of ioctl requests.</summary>
internal static class IoctlRules
{
    public static IEnumerable<AbiChange> Compare(AbiSpec old, AbiSpec current, Crossings crossings, RecordRules records)
    {
        var pairs = Pairing.ByName(old.Ioctls, current.Ioctls, ioctl => ioctl.Name)
            .Where(pair => !crossings.Contains((pair.Old ?? pair.New)!.Name)).ToList();
        var gone = pairs.Where(pair => pair.New is null).Select(pair => pair.Old!).ToList();
        foreach (var lost in gone.Select(ioctl => (Ioctl: ioctl, Now: Unresolved(current, ioctl.Name))).Where(pair => pair.Now is not null).ToList())
        {
            gone.Remove(lost.Ioctl);
            yield return new(IoctlKinds.Unresolvable, lost.Ioctl.Name, Number(lost.Ioctl), lost.Now!.Reason);
        }
        foreach (var come in pairs.Where(pair => pair.Old is null).Select(pair => pair.New!))
        {
            if (Unresolved(old, come.Name) is { } before)
            {
                yield return new(IoctlKinds.Resolvable, come.Name, before.Reason, Number(come));
                continue;
            }
            if (gone.FirstOrDefault(candidate => SameNumber(candidate, come)) is { } predecessor)
            {
                gone.Remove(predecessor);
                var renamed = SameRequest(predecessor, come);
                yield return new(renamed ? IoctlKinds.Renamed : IoctlKinds.NumberReused, $"ioctl {Number(come)}", predecessor.Name, come.Name);
                continue;
            }
            var reused = pairs.Exists(pair => pair is { Old: { } was, New: { } now } && SameNumber(was, come) && !SameNumber(now, come));
            yield return new(reused ? IoctlKinds.NumberReused : IoctlKinds.Added, come.Name, "", Number(come));
        }
        bool IsSame(TypeRef was, TypeRef now) => SameKind(was, now) || records.AreSame(was, now);
        foreach (var removed in gone)
            yield return new(IoctlKinds.Removed, removed.Name, Number(removed), "");
        foreach (var (was, now) in pairs.Where(pair => pair is { Old: not null, New: not null }))
        {
            foreach (var change in Altered(was!, now!, ExtensibleRecords.IsNegotiated(old, was!)
                && ExtensibleRecords.IsNegotiated(current, now!), IsSame))
                yield return change;
        }
    }

    private static UnresolvedSpec? Unresolved(AbiSpec spec, string name) => spec.Unresolved.FirstOrDefault(item => item.Name == name);

    private static IEnumerable<AbiChange> Altered(IoctlSpec was, IoctlSpec now, bool isNegotiated, Func<TypeRef, TypeRef, bool> isSame)
    {
        var parts = 0;
        if (!SameNumber(was, now))
        {
            parts++;
            yield return new(IoctlKinds.NumberChanged, was.Name, Number(was), Number(now));
        }
        if (was.Direction != now.Direction)
        {
            parts++;
            yield return new(IoctlKinds.DirectionChanged, was.Name, was.Direction.ToString().ToLowerInvariant(), now.Direction.ToString().ToLowerInvariant());
        }
        if (was.Size != now.Size)
        {
            parts++;
            var kind = isNegotiated ? IoctlKinds.SizeNegotiated : IoctlKinds.SizeChanged;
            yield return new(kind, was.Name, $"{was.Size} bytes", $"{now.Size} bytes");
        }
        else if (was.ArgumentType != now.ArgumentType)
        {
            var kind = isSame(was.ArgumentType, now.ArgumentType) ? IoctlKinds.ArgumentRetyped : IoctlKinds.ArgumentChanged;
            yield return new(kind, was.Name, Argument(was), Argument(now));
        }
        else if (ByteOrder.Differs(was.Argument, now.Argument))
        {
            yield return new(RecordKinds.ByteOrderChanged, was.Name, Argument(was), Argument(now));
        }
        if (parts == 0 && was.Code != now.Code)
            yield return new(IoctlKinds.EncodingChanged, was.Name, $"0x{was.Code:x8}", $"0x{now.Code:x8}");
    }

    private static bool SameKind(TypeRef was, TypeRef now) =>
        was.Kind == TypeKind.Integer && now.Kind == TypeKind.Integer && was.ScalarSize == now.ScalarSize
        && was.Dimensions.Equals(now.Dimensions);

    private static bool SameNumber(IoctlSpec left, IoctlSpec right) => left.Type == right.Type && left.Number == right.Number;

    /// <summary>Renamed means: the very same code, the same argument, and a name of mostly the same words.</summary>
    private static bool SameRequest(IoctlSpec left, IoctlSpec right) =>
        left.Code == right.Code && left.ArgumentType == right.ArgumentType && Pairing.AreRelated(left.Name, right.Name, "");

    private static string Number(IoctlSpec ioctl) => $"0x{ioctl.Type:x2}/{ioctl.Number}";

    private static string Argument(IoctlSpec ioctl) => ioctl.Argument.Length == 0 ? "no type" : ioctl.Argument;
}
