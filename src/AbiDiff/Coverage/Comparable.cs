using Faultline.AbiModel;

namespace Faultline.AbiDiff.Coverage;

/// <summary>Two models reduced to what both sources can speak for, so that a source's silence is never taken for an absence.</summary>
/// <param name="Omitted">What was left out, for the reader.</param>
internal sealed record Comparable(AbiSpec Old, AbiSpec New, EquatableArray<Omission> Omitted)
{
    public static Comparable Of(AbiSide old, AbiSide current)
    {
        var cut = new Cut(old, current);
        var records = cut.Lists("structs and unions", side => side.Records, spec => spec.Structs, record => record.Id);
        var enums = cut.Lists("enums", side => side.Enums, spec => spec.Enums, item => item.Id);
        var typedefs = cut.Lists("typedefs", side => side.Typedefs, spec => spec.Typedefs, item => item.Name);
        var ioctls = cut.Lists("ioctls", side => side.Ioctls, spec => spec.Ioctls, ioctl => ioctl.Name);
        var macros = cut.Names("constants, flags, events and other macros", side => side.Macros, MacroNames);
        var unknown = cut.UnknownDetails();

        cut.AddUntold(records, typedefs);

        var knowMacros = old.Coverage.Macros == Reach.Whole && current.Coverage.Macros == Reach.Whole;

        AbiSpec Reduced(AbiSpec spec, bool isOld) => Blanking.Of(
            spec with
            {
                Structs = isOld ? records.Old : records.New,
                Enums = Undefined(isOld ? enums.Old : enums.New, knowMacros),
                Typedefs = isOld ? typedefs.Old : typedefs.New,
                Ioctls = isOld ? ioctls.Old : ioctls.New,
                Constants = spec.Constants.Where(constant => macros.Contains(constant.Name)).ToEquatableArray(),
                Flags = Members(spec.Flags, macros),
                Events = Members(spec.Events, macros),
                Unresolved = spec.Unresolved.Where(item => macros.Contains(item.Name)).ToEquatableArray(),
            },
            unknown);

        return new(Reduced(old.Spec, isOld: true), Reduced(current.Spec, isOld: false), cut.Omitted);
    }

    private static IEnumerable<string> MacroNames(AbiSpec spec) => spec.Constants.Select(constant => constant.Name)
        .Concat(spec.Flags.Concat(spec.Events).SelectMany(group => group.Members.Select(member => member.Name)))
        .Concat(spec.Unresolved.Select(item => item.Name));

    /// <summary>Enums without what only a side tells that knows of macros.</summary>
    private static EquatableArray<EnumSpec> Undefined(EquatableArray<EnumSpec> enums, bool isTold) => isTold ? enums
        : enums.Select(item => item with
        {
            Members = item.Members.Select(member => member with { Defined = false }).ToEquatableArray(),
        }).ToEquatableArray();

    private static EquatableArray<GroupSpec> Members(EquatableArray<GroupSpec> groups, HashSet<string> names) => groups
        .Select(group => group with { Members = group.Members.Where(member => names.Contains(member.Name)).ToEquatableArray() })
        .Where(group => group.Members.Count > 0)
        .ToEquatableArray();
}
