using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Mutations.Mutation;

namespace Faultline.AbiDiff.Tests.Mutations;

/// <summary>Mutations of flags and events: the same ones, each under the name of its sort.</summary>
internal static class GroupMutations
{
    /// <summary>A bit, and a number, that no generated member has.</summary>
    private const string Free = "4294967296";

    private static readonly (string Flag, string Event, Func<GroupSpec, int, IEnumerable<ConstantSpec>> Change)[] Changes =
    [
        ("flag-added", "event-added", (group, _) => group.Members.Append(group.Members[0] with { Name = group.Name + "_NEW", Value = Free })),
        ("flag-removed", "event-removed", (group, index) => group.Members.Where((_, i) => i != index)),
        ("flag-moved", "event-changed", Member(member => member with { Value = Free })),
        ("flag-renamed", "event-renamed", Member(member => member with { Name = member.Name + "_V2" })),
        ("flag-bit-reused", "event-number-reused", (group, index) => Member(member => member with { Name = group.Name + "_UNRELATED" })(group, index)),
        ("flag-retyped", "event-retyped", Member(member => member with { Type = TypeRef.Integer(8, signed: false) })),
    ];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        .. Changes.Select(item => new Mutation(item.Flag, (spec, seed) => Group(spec.Flags, seed, item.Change) is { } changed ? spec with { Flags = changed } : null)),
        .. Changes.Select(item => new Mutation(item.Event, (spec, seed) => Group(spec.Events, seed, item.Change) is { } changed ? spec with { Events = changed } : null)),
    ];

    private static Func<GroupSpec, int, IEnumerable<ConstantSpec>> Member(Func<ConstantSpec, ConstantSpec> change) =>
        (group, index) => group.Members.Select((member, i) => i == index ? change(member) : member);

    private static EquatableArray<GroupSpec>? Group(EquatableArray<GroupSpec> groups, int seed, Func<GroupSpec, int, IEnumerable<ConstantSpec>> change) =>
        One(groups, seed, _ => true, group => group with { Members = change(group, seed % group.Members.Count).ToEquatableArray() });
}
