namespace Faultline.AbiModel;

/// <summary>Everything one uapi header promises to user space on one target, in the words of C.</summary>
/// <remarks>
/// Contract: compares by value; holds no path of the machine that made it; every macro, record, enum and typedef of the header
/// is in exactly one list, and what could not be understood is in <see cref="Unresolved"/>. Lists are sorted by name
/// (<see cref="AbiOrder"/>), fields stay in declaration order.
/// </remarks>
public sealed record AbiSpec
{
    /// <summary>The format's name and version; written first in every model file.</summary>
    public const string SchemaName = "faultline-abi/1";

    /// <summary>The header as programs include it, for example <c>linux/userfaultfd.h</c>.</summary>
    public string Header { get; init; } = "";

    /// <summary>The target triple the header was read for, for example <c>x86_64-linux-gnu</c>.</summary>
    public string Target { get; init; } = "";

    /// <summary>Size of a pointer on the target, in bytes.</summary>
    public int PointerSize { get; init; }

    /// <summary>Structs and unions of the header, and those of other headers that its fields or ioctls need.</summary>
    public EquatableArray<StructSpec> Structs { get; init; }

    public EquatableArray<EnumSpec> Enums { get; init; }

    public EquatableArray<TypedefSpec> Typedefs { get; init; }

    /// <summary>Object-like macros with a constant value that are neither flags, events nor ioctls.</summary>
    public EquatableArray<ConstantSpec> Constants { get; init; }

    /// <summary>Macros that are single bits of one word, grouped by name: <c>UFFD_FEATURE_*</c>.</summary>
    public EquatableArray<GroupSpec> Flags { get; init; }

    /// <summary>Macros that number the events of one stream: <c>UFFD_EVENT_*</c>.</summary>
    public EquatableArray<GroupSpec> Events { get; init; }

    public EquatableArray<IoctlSpec> Ioctls { get; init; }

    /// <summary>What the header holds and this model cannot express, each with its reason.</summary>
    public EquatableArray<UnresolvedSpec> Unresolved { get; init; }

    /// <summary>
    /// The place of each named thing. Kept apart from the things, so that an inserted line does not touch them in a
    /// diff.
    /// </summary>
    public EquatableArray<LocationSpec> Locations { get; init; }

    /// <summary>Whether the header promises nothing, as far as anybody knows.</summary>
    public bool IsEmpty => Structs.Count + Enums.Count + Typedefs.Count + Constants.Count + Flags.Count + Events.Count + Ioctls.Count
        + Unresolved.Count == 0;

    /// <summary>
    /// The members of an enum that are nothing but numbers. An enum without a name is only a way to write constants: what of
    /// it is a request is one of <see cref="Ioctls"/>. One with a name has all its members.
    /// </summary>
    public IEnumerable<EnumMemberSpec> NumbersOf(EnumSpec item) => item.Name.Length > 0 ? item.Members
        : item.Members.Where(member => !Ioctls.Any(ioctl => ioctl.Enumerator && ioctl.Name == member.Name));

    /// <summary>
    /// The requests, but those that are members of an enum with a name: a language in which such a member is a name by itself has it
    /// once.
    /// </summary>
    public IEnumerable<IoctlSpec> LooseIoctls() => Ioctls.Where(ioctl => !ioctl.Enumerator
        || !Enums.Any(item => item.Name.Length > 0 && item.Members.Any(member => member.Name == ioctl.Name)));

    /// <summary>The record a type refers to, or null when the type is no named record of this model.</summary>
    public StructSpec? FindStruct(TypeRef type) =>
        type.IsRecord ? Structs.FirstOrDefault(candidate => candidate.Id == type.Name) : null;

    /// <summary>The enum a type refers to, or null when the type is no named enum of this model.</summary>
    public EnumSpec? FindEnum(TypeRef type) =>
        type.Kind == TypeKind.Enum ? Enums.FirstOrDefault(candidate => candidate.Id == type.Name) : null;

    /// <summary>
    /// The line of a macro, record or enum in the header, or null. <paramref name="subject"/> may go on with a field or what is
    /// behind it: <c>struct x.field</c>, <c>typedef x-&gt;field</c>.
    /// </summary>
    public int? LineOf(string subject)
    {
        var name = subject.Split('.', '-', '(')[0];
        var at = Locations.FirstOrDefault(location => location.Name == name)?.At
            ?? Unresolved.FirstOrDefault(item => item.Name == name)?.At;
        return at is not null && int.TryParse(at.Substring(at.LastIndexOf(':') + 1), out var line) ? line : null;
    }
}
