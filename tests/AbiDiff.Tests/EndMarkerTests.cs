using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>Numbers that are made to move: ends of lists, what is computed from them, versions.</summary>
public sealed class EndMarkerTests
{
    private static string[] Drift(AbiSpec old, AbiSpec current) =>
        [.. AbiDiffer.Compare(old, current).Where(change => !change.Kind.Id.EndsWith("-added", StringComparison.Ordinal))
            .Select(change => change.ToString())];

    private static AbiSpec Grown(int members, params ConstantSpec[] macros) => Constants(macros) with
    {
        Enums = EquatableArray.Of(new EnumSpec
        {
            Name = "x_attr",
            Members = Enumerable.Range(0, members)
                .Select(index => new EnumMemberSpec { Name = "X_ATTR_" + (char)('A' + index), Value = index })
                .Append(new EnumMemberSpec { Name = "__X_ATTR_MAX", Value = members }).ToEquatableArray(),
        }),
    };

    private static ConstantSpec Macro(string name, int value, string expression) =>
        Constant(name, value.ToString(), expression: expression);

    [Theory]
    [InlineData("X_ATTR_MAX", "(__X_ATTR_MAX - 1)", -1)]
    [InlineData("X_ATTR_MAX", "__X_ATTR_MAX", 0)]
    [InlineData("X_POLICY_BYTES", "(__X_ATTR_MAX * 4)", 0)]
    public void What_is_computed_from_an_end_moves_with_it(string name, string expression, int off) => Assert.Equal(
        [$"end-marker-moved {name}: {3 + off} -> {4 + off}", "end-marker-moved __X_ATTR_MAX: 3 -> 4"],
        Drift(Grown(3, Macro(name, 3 + off, expression)), Grown(4, Macro(name, 4 + off, expression))));

    /// <summary>The end of MPTCP_PM_ATTR_* has got another name while members came.</summary>
    [Fact]
    public void The_end_under_another_name() => Assert.Equal(
        ["enumerator-renamed __X_ATTR_MAX: __X_ATTR_MAX -> __X_AFTER_LAST"],
        Drift(Enum(U32, ("X_ATTR_A", 0), ("__X_ATTR_MAX", 1)), Enum(U32, ("X_ATTR_A", 0), ("X_ATTR_B", 1), ("__X_AFTER_LAST", 2))));

    [Fact]
    public void How_many_signal_codes_there_are() => Assert.Equal(
        ["end-marker-moved NSIGSEGV: 3 -> 4"],
        Drift(Constants([.. Segv(3), Macro("NSIGSEGV", 3, "3")]), Constants([.. Segv(4), Macro("NSIGSEGV", 4, "4")])));

    private static IEnumerable<ConstantSpec> Segv(int count) =>
        Enumerable.Range(1, count).Select(i => Constant("SEGV_" + (char)('A' + i), i.ToString()));

    [Fact]
    public void A_mask_of_all_bits_of_a_wider_family() => Assert.Equal(
        ["mask-grew X_MODE_USER_MASK: 7 -> 0xf"],
        Drift(Constants([.. XBits(3), Macro("X_MODE_USER_MASK", 7, "(BIT(3) - 1)")]),
            Constants([.. XBits(4), Macro("X_MODE_USER_MASK", 15, "(BIT(4) - 1)")])));

    private static IEnumerable<ConstantSpec> XBits(int count) =>
        Enumerable.Range(0, count).Select(i => Constant("X_" + (char)('A' + i), (1 << i).ToString()));

    [Fact]
    public void By_two_macros_too() => Assert.Contains(
        "end-marker-moved X_BYTES: 4 -> 5",
        Drift(Grown(3, Macro("X_ATTR_MAX", 2, "(__X_ATTR_MAX - 1)"), Macro("X_BYTES", 4, "(X_ATTR_MAX + 2)")),
            Grown(4, Macro("X_ATTR_MAX", 3, "(__X_ATTR_MAX - 1)"), Macro("X_BYTES", 5, "(X_ATTR_MAX + 2)"))));

    [Fact]
    public void The_last_macro_of_a_family_by_name() => Assert.Equal(
        ["end-marker-moved X_LAST_CAP: 1 -> 2"],
        Drift(
            Constants(Constant("X_CAP_A", "0"), Constant("X_CAP_B", "1"), Macro("X_LAST_CAP", 1, "X_CAP_B")),
            Constants(Constant("X_CAP_A", "0"), Constant("X_CAP_B", "1"), Constant("X_CAP_C", "2"), Macro("X_LAST_CAP", 2, "X_CAP_C"))));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_last_macro_of_a_family_by_number(int more)
    {
        AbiSpec Family(int members) => Constants(
            [.. Enumerable.Range(1, members)
                .Select(index => Constant("X_PORT_" + (char)('A' + index), index.ToString())),
                Macro("X_PORT_MAX", members + more, (members + more).ToString())]);
        Assert.Equal([$"end-marker-moved X_PORT_MAX: {3 + more} -> {5 + more}"], Drift(Family(3), Family(5)));
    }

    [Fact]
    public void A_limit_is_no_end() => Assert.Equal(
        ["constant-changed X_NAME_MAX: 0x20 -> 0x40"],
            Drift(Constants(Macro("X_NAME_MAX", 32, "32")), Constants(Macro("X_NAME_MAX", 64, "64"))));

    [Fact]
    public void A_limit_beside_a_family_is_no_end_of_it() => Assert.Equal(
        ["constant-changed X_PORT_MAX: 0x20 -> 0x40"],
        Drift(
            Constants(Constant("X_PORT_A", "1"), Constant("X_PORT_B", "2"), Constant("X_PORT_C", "3"), Macro("X_PORT_MAX", 32, "32")),
            Constants(Constant("X_PORT_A", "1"), Constant("X_PORT_B", "2"), Constant("X_PORT_C", "3"), Macro("X_PORT_MAX", 64, "64"))));

    [Fact]
    public void A_mask_of_an_enum_grows() => Assert.Equal(
        ["mask-grew X_MASK: 0x3 -> 0x7"],
        Drift(Enum(U32, ("X_A", 1), ("X_B", 2), ("X_MASK", 3)), Enum(U32, ("X_A", 1), ("X_B", 2), ("X_C", 4), ("X_MASK", 7))));

    [Fact]
    public void A_mask_of_an_enum_loses_bits() => Assert.Contains(
        "mask-shrank X_MASK: 0x3 -> 0x1", Drift(Enum(U32, ("X_A", 1), ("X_B", 2), ("X_MASK", 3)), Enum(U32, ("X_A", 1), ("X_MASK", 1))));

    [Theory]
    [InlineData("FS_KERNEL_VERSION")]
    [InlineData("FS_KERNEL_MINOR_VERSION")]
    [InlineData("FS_VERSION_PATCHLEVEL")]
    [InlineData("FS_DRIVER_DATE")]
    [InlineData("IPVERSION")]
    [InlineData("FS_VER")]
    [InlineData("FS_ABI_REVISION")]
    [InlineData("FS_API_MINOR")]
    [InlineData("FS_PROTO_VERSION_NUMBER")]
    [InlineData("FS_IOCTL_MINOR_VERSION")]
    public void A_version_is_at_most_risky(string name) => Assert.Equal(
        [$"version-changed {name}: 7 -> 8"], Drift(Constants(Constant(name, "7")), Constants(Constant(name, "8"))));

    [Theory]
    [InlineData("FS_F_VERSION")]
    [InlineData("FS_ATTR_VERSION")]
    [InlineData("FS_VERSION_REG")]
    [InlineData("FS_MINOR")]
    [InlineData("FS_CONVERSIONS")]
    [InlineData("FS_GET_VER")]
    [InlineData("FS_GET_VERSION")]
    [InlineData("FS_SET_DRIVER_VERSION")]
    [InlineData("FS_CMD_API_VERSION")]
    [InlineData("FS_OP_VERSION")]
    [InlineData("FS_GETVERSION")]
    [InlineData("FS_REV")]
    [InlineData("FS_CLASS_REVISION")]
    public void The_number_of_what_is_called_a_version_is_none(string name) => Assert.Equal(
        [$"constant-changed {name}: 7 -> 8"], Drift(Constants(Constant(name, "7")), Constants(Constant(name, "8"))));

    [Fact]
    public void A_version_of_two_parts_is_no_mask() => Assert.Equal(
        ["version-changed FS_VERSION: 0x10003 -> 0x10004"],
        Drift(Constants(Macro("FS_VERSION", 0x10003, "((1 << 16) | 3)")), Constants(Macro("FS_VERSION", 0x10004, "((1 << 16) | 4)"))));

    [Theory]
    [InlineData("X_QUEUE_SIZE")]
    [InlineData("X_TOTAL")]
    [InlineData("X_SENTINEL")]
    [InlineData("X_NBITS")]
    public void How_many_members_an_enum_has(string end) => Assert.Equal(
        [$"end-marker-moved {end}: 2 -> 3"],
        Drift(Enum(U32, ("X_A", 0), ("X_B", 1), (end, 2)), Enum(U32, ("X_A", 0), ("X_B", 1), ("X_C", 2), (end, 3))));

    [Fact]
    public void A_size_before_the_end_is_an_attribute() => Assert.Contains(
        "enumerator-changed X_ATTR_SIZE: 1 -> 2",
        Drift(Enum(U32, ("X_ATTR_A", 0), ("X_ATTR_SIZE", 1), ("__X_ATTR_MAX", 2)),
            Enum(U32, ("X_ATTR_A", 0), ("X_ATTR_B", 1), ("X_ATTR_SIZE", 2), ("__X_ATTR_MAX", 3))));

    [Fact]
    public void How_many_macros_a_family_has()
    {
        AbiSpec Family(int members) => Constants(
            [.. Enumerable.Range(0, members).Select(index => Constant("RES_" + (char)('A' + index), index.ToString())),
                Macro("RES_NLIMITS", members, members.ToString())]);
        Assert.Equal(["end-marker-moved RES_NLIMITS: 3 -> 4"], Drift(Family(3), Family(4)));
    }

    /// <summary>Somebody chose the number: no member is before it.</summary>
    [Theory]
    [InlineData("X_PAYLOAD_MAX", 256, 32)]
    [InlineData("X_NR_SLOTS", 64, 32)]
    [InlineData("X_MAX_SIZE", 64, 128)]
    [InlineData("X_MAX", 64, 3)]
    [InlineData("X_MAX", 3, 64)]
    [InlineData("__X_LIMIT", 64, 32)]
    [InlineData("X_NBITS", 64, 32)]
    public void A_limit_in_an_enum_is_no_end(string name, int was, int now) => Assert.Equal(
        [$"enumerator-changed {name}: {was} -> {now}"],
        Drift(Enum(U32, ("X_A", 0), ("X_B", 1), ("X_C", 2), (name, was)), Enum(U32, ("X_A", 0), ("X_B", 1), ("X_C", 2), (name, now))));

    [Fact]
    public void A_limit_alone_in_an_enum_is_no_end() => Assert.Equal(
        ["enumerator-changed X_NR_SLOTS: 64 -> 32"], Drift(Nameless([("X_NR_SLOTS", 64)]), Nameless([("X_NR_SLOTS", 32)])));

    [Theory]
    [InlineData("START")]
    [InlineData("BEGIN")]
    public void An_end_that_has_a_start_is_a_member(string start) => Assert.Equal(
        ["enumerator-changed ST_END: 3 -> 4", "enumerator-value-reused ST_PAUSE: 3"],
        Drift(Enum(U32, ("ST_IDLE", 0), ($"ST_{start}", 1), ("ST_RUN", 2), ("ST_END", 3)),
            Enum(U32, ("ST_IDLE", 0), ($"ST_{start}", 1), ("ST_RUN", 2), ("ST_PAUSE", 3), ("ST_END", 4))));

    [Theory]
    [InlineData("RAM_START", "RAM_END")]
    [InlineData("X_AREA_BEGIN", "X_AREA_END")]
    public void The_end_of_a_range_is_none_of_a_list(string start, string end) => Assert.Equal(
        [$"constant-changed {end}: 0x2000 -> 0x3000"],
        Drift(Constants(Macro(start, 0x1000, "0x1000"), Macro(end, 0x2000, "0x2000")),
            Constants(Macro(start, 0x1000, "0x1000"), Macro(end, 0x3000, "0x3000"))));

    /// <summary>Requests and flags of another name stand in the range, up to its end.</summary>
    [Theory]
    [InlineData(3, 4, "end-marker-moved")]
    [InlineData(3, 9, "constant-changed")]
    [InlineData(9, 4, "constant-changed")]
    public void The_end_of_a_range_of_members_is_that_of_their_list(int was, int now, string kind)
    {
        static AbiSpec Of(int members, int end) => Constants([Macro("X_COMMAND_START", 1, "1"), Macro("X_COMMAND_END", end, "0x1"),
            .. Enumerable.Range(1, members).Select(index => Constant("X_F_" + (char)('A' + index), index.ToString()))]);
        Assert.Equal([$"{kind} X_COMMAND_END: {was} -> {now}"], Drift(Of(2, was), Of(3, now)));
    }

    [Fact]
    public void The_end_of_a_range_of_requests_is_that_of_their_list()
    {
        static AbiSpec Of(int number) => Ioctl("X_IOC_A", number) with
        {
            Constants = Constants(Macro("X_COMMAND_START", 1, "1"), Macro("X_COMMAND_END", number + 1, "0x1")).Constants,
        };
        Assert.Contains("end-marker-moved X_COMMAND_END: 6 -> 7", Drift(Of(5), Of(6)));
    }

    [Fact]
    public void The_next_bit_ends_an_enum_of_bits() => Assert.Equal(
        ["end-marker-moved X_MAX: 8 -> 16"],
        Drift(Enum(U32, ("X_A", 1), ("X_B", 2), ("X_C", 4), ("X_MAX", 8)),
            Enum(U32, ("X_A", 1), ("X_B", 2), ("X_C", 4), ("X_D", 8), ("X_MAX", 16))));

    [Fact]
    public void A_limit_that_is_another_limit_is_no_end() => Assert.Equal(
        ["constant-changed X_MAX_SLOTS: 0x40 -> 0x20", "constant-changed X_SLOTS: 0x40 -> 0x20"],
        Drift(Constants(Macro("X_MAX_SLOTS", 64, "X_SLOTS"), Macro("X_SLOTS", 64, "64")),
            Constants(Macro("X_MAX_SLOTS", 32, "X_SLOTS"), Macro("X_SLOTS", 32, "32"))));

    [Fact]
    public void The_last_member_of_an_enum_by_name() => Assert.Equal(
        ["end-marker-moved X_MAX: 1 -> 2"],
        Drift(Enum(U32, ("X_A", 0), ("X_B", 1)) with { Constants = EquatableArray.Of(Macro("X_MAX", 1, "X_B")) },
            Enum(U32, ("X_A", 0), ("X_B", 1), ("X_C", 2)) with { Constants = EquatableArray.Of(Macro("X_MAX", 2, "X_C")) }));

    /// <summary>Markers that follow one another, as in <c>linux/nl80211.h</c>, and a member whose name sounds like one.</summary>
    [Theory]
    [InlineData("__X_AFTER_LAST", 0)]
    [InlineData("X_MAX", -1)]
    [InlineData("NUM_X", 0)]
    [InlineData("__X_MAX_PLUS", 1)]
    public void Markers_of_one_list_move_together(string name, int off)
    {
        AbiSpec Of(int members) => Enum(U32, [.. Enumerable.Range(0, members).Select(index => ("X_" + (char)('A' + index), index)),
            ("X_COUNT", members), ("__X_AFTER", members + 1), (name, members + 1 + off)]);
        Assert.Contains($"end-marker-moved {name}: {4 + off} -> {5 + off}", Drift(Of(3), Of(4)));
    }

    private static readonly string[] States = ["ST_IDLE", "ST_RUN", "ST_WAIT"];

    /// <summary>END may be the end of the list, or a state that comes last: only what stands around it tells.</summary>
    [Theory]
    [InlineData("", 0, "end-moved ST_END: 2 -> 3")]
    [InlineData("__ST_MAX", 1, "enumerator-changed ST_END: 2 -> 3|enumerator-value-reused ST_WAIT: 2|end-marker-moved __ST_MAX: 3 -> 4")]
    [InlineData("ST_MAX", 0, "enumerator-changed ST_END: 2 -> 3|enumerator-value-reused ST_WAIT: 2|end-marker-moved ST_MAX: 2 -> 3")]
    [InlineData("ST_LAST", -1, "end-marker-moved ST_END: 2 -> 3|end-marker-moved ST_LAST: 1 -> 2")]
    public void A_plain_end_is_in_doubt(string marker, int off, string told)
    {
        AbiSpec Of(int states)
        {
            var members = Enumerable.Range(0, states).Select(at => (Name: States[at], Value: at))
                .Append(("ST_END", states));
            return Enum(U32, [.. marker.Length > 0 ? members.Append((marker, states + off)) : members]);
        }
        Assert.Equal(told.Split('|'), Drift(Of(2), Of(3)));
    }

    [Fact]
    public void A_plain_end_that_a_macro_counts_with_is_one()
    {
        AbiSpec Of(int states) => Enum(U32, [.. new[] { ("ST_A", 0), ("ST_B", 1), ("ST_C", 2) }.Take(states), ("ST_END", states)]) with
        {
            Constants = Constants(Macro("ST_MAX", states - 1, "(ST_END - 1)")).Constants,
        };
        Assert.Contains("end-marker-moved ST_END: 2 -> 3", Drift(Of(2), Of(3)));
    }
}
