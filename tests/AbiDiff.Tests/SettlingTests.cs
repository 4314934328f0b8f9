using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>A name that is still there is not removed, wherever it stands now.</summary>
public sealed class SettlingTests
{
    private static readonly AbiSpec Empty = new() { Header = "linux/a.h" };

    private static AbiSpec At(AbiSpec spec, params string[] names) =>
        spec with { Locations = names.Select(name => new LocationSpec { Name = name, At = "linux/b.h:3" }).ToEquatableArray() };

    private static string[] Drift(AbiSpec old, AbiSpec current, AbiSpec? oldElsewhere = null, AbiSpec? newElsewhere = null) =>
    [
        .. AbiDiffer.Compare(
            new AbiSide("old", old) { Elsewhere = oldElsewhere ?? new() },
                new AbiSide("new", current) { Elsewhere = newElsewhere ?? new() }, out _)
            .Select(change => change.ToString()),
    ];

    public static TheoryData<string, int> Things => new()
    {
        { "A", 0 }, { "struct s", 1 }, { "enum e", 2 }, { "typedef t", 3 }, { "IO_A", 4 }, { "LOST", 5 },
    };

    private static AbiSpec Thing(int which) => (which switch
    {
        0 => Constants(Constant("A", "1")),
        1 => Struct(4, 4, Field("a", U32, 0)),
        2 => Enum(U32, ("M", 1)),
        3 => Typedef(U32),
        4 => Ioctl("IO_A"),
        _ => Lost("LOST"),
    }) with { Header = "linux/a.h" };

    [Theory]
    [MemberData(nameof(Things))]
    public void What_an_included_header_has_is_moved(string name, int which)
    {
        Assert.Equal([$"name-moved {name}: linux/a.h -> linux/b.h"], Drift(Thing(which), Empty, newElsewhere: At(Thing(which), name)));
        Assert.Equal([$"name-moved {name}: linux/b.h -> linux/a.h"], Drift(Empty, Thing(which), oldElsewhere: At(Thing(which), name)));
    }

    [Fact]
    public void What_moved_is_compared_all_the_same() => Assert.Equal(
        ["constant-changed A: 1 -> 2", "name-moved A: linux/a.h -> linux/b.h"],
            Drift(Thing(0), Empty, newElsewhere: At(Constants(Constant("A", "2")), "A")));

    [Fact]
    public void What_nobody_had_is_nothing_new() => Assert.Empty(Drift(Empty, Empty, newElsewhere: At(Thing(0), "A")));

    [Fact]
    public void A_flag_that_moved_is_in_no_group_there_and_the_same() => Assert.Equal(
        ["name-moved X_FLAG_A: linux/a.h -> linux/b.h"],
        Drift(Flags(Constant("X_FLAG_A", "1")) with { Header = "linux/a.h" }, Empty,
            newElsewhere: At(Constants(Constant("X_FLAG_A", "1")), "X_FLAG_A")));

    [Fact]
    public void A_macro_may_be_a_member_of_an_enum_elsewhere() => Assert.Equal(
        ["became-enumerator A: macro -> enum e", "enumerator-added B: 2", "tag-added enum e"],
        Drift(Thing(0), Empty, newElsewhere: At(Enum(U32, ("A", 1), ("B", 2)), "enum e")));

    [Theory]
    [InlineData(1, 1, "became-enumerator A: macro -> enum e")]
    [InlineData(1, 2, "enumerator-changed A: 1 -> 2|became-enumerator A: macro -> enum e")]
    public void A_macro_became_a_member(int was, int now, string expected) => Assert.Equal(
        expected.Split('|'),
        Drift(
            Enum(U32, ("Z", 9)) with { Constants = EquatableArray.Of(Constant("A",
                was.ToString(System.Globalization.CultureInfo.InvariantCulture))) },
            Enum(U32, ("Z", 9), ("A", now))));

    [Fact]
    public void The_top_bit_is_the_same_with_and_without_a_sign() => Assert.Equal(
        ["became-enumerator A: macro -> enum e"],
        Drift(Enum(U32, ("Z", 9)) with { Constants = EquatableArray.Of(Constant("A", "-2147483648", S32)) }, Enum(U64, ("Z", 9)) is var spec
            ? spec with { Enums = EquatableArray.Of(new EnumSpec { Name = "e", Type = U32,
                Members = EquatableArray.Of(new EnumMemberSpec { Name = "A", Value = 2147483648 },
                new EnumMemberSpec { Name = "Z", Value = 9 }) }) }
            : spec));

    [Fact]
    public void A_request_became_a_member() => Assert.Equal(
        ["became-enumerator A: macro -> enum e"],
        Drift(
            Enum(U32, ("Z", 9)) with { Ioctls = Ioctl("A", code: 0x1234).Ioctls },
            Enum(U32, ("A", 0x1234), ("Z", 9))));

    /// <summary>A model of a request that is an enumerator, of an enum without a name or of one that has others too.</summary>
    private static AbiSpec Enumerator(string name, int size, bool named = false)
    {
        var request = Ioctl(name, size: size).Ioctls[0];
        var member = new EnumMemberSpec { Name = name, Value = request.Code };
        var item = new EnumSpec { Name = named ? "e" : "", Type = U32, Members = EquatableArray.Of(member) };
        return Enums(named ? item with { Members = EquatableArray.Of(new EnumMemberSpec { Name = "Z", Value = 9 }, member) } : item) with
        {
            Ioctls = EquatableArray.Of(request with { Enumerator = true }),
        };
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "enum-added enum e: 1 members")]
    public void A_request_became_a_member_that_is_one(bool named, string also)
    {
        string[] expected = also.Length > 0 ? ["became-enumerator A: macro -> enum", also] : ["became-enumerator A: macro -> enum"];
        Assert.Equal(expected, Drift(Ioctl("A"), Enumerator("A", 8, named)));
        Assert.Equal(["became-macro A: enum -> macro"], Drift(Enumerator("A", 8), Ioctl("A")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_member_that_is_a_request_changes_as_a_request_does(bool named)
    {
        const string grew = "ioctl-size-changed A: 8 bytes -> 16 bytes";
        Assert.Equal([grew], Drift(Enumerator("A", 8, named), Enumerator("A", 16, named)));
        Assert.Equal([grew, "became-enumerator A: macro -> enum"], Drift(Ioctl("A"), Enumerator("A", 16)));
        Assert.Empty(Drift(Enumerator("A", 8, named), Enumerator("A", 8, named)));
    }

    [Fact]
    public void A_member_that_is_a_request_comes_and_goes_as_one()
    {
        Assert.Equal(["ioctl-added A: 0xaa/1"], Drift(Empty, Enumerator("A", 8) with { Header = "linux/a.h" }));
        Assert.Equal(["ioctl-removed A: was 0xaa/1"], Drift(Enumerator("A", 8, named: true), Enum(U32, ("Z", 9))));
    }

    /// <summary>Also what a model of an older version says, which knew no requests in enums.</summary>
    [Fact]
    public void A_member_that_became_a_request_is_the_same_number()
    {
        var request = Enumerator("A", 8);
        Assert.Empty(Drift(request with { Ioctls = default }, request));
        Assert.Equal(
            ["enumerator-changed A: 1074309633 -> 1074833921"],
            Drift(request with { Ioctls = default }, Enumerator("A", 16)));
        Assert.Equal(["became-enumerator A: macro -> enum with A"], Drift(Constants(Constant("A", "1074309633")), request));
    }

    /// <summary>Debug information has the enum, and knows nothing of requests.</summary>
    [Fact]
    public void A_side_without_requests_has_the_enum()
    {
        var request = Enumerator("A", 8);
        var types = new AbiSide("types", request with { Ioctls = default }) { Coverage = new() { Ioctls = Reach.None } };
        Assert.Empty(AbiDiffer.Compare(types, new AbiSide("header", request), out _));
        Assert.Empty(AbiDiffer.Compare(new AbiSide("header", request), types, out _));
    }

    [Fact]
    public void An_end_that_became_a_macro_is_an_end() => Assert.Equal(
        [
            "became-macro MAX_X_LINK: enum e -> macro",
            "end-marker-moved MAX_X_LINK: 2 -> 3", "enumerator-added X_LINK_B: 2", "enumerator-added __MAX_X_LINK: 3"],
        Drift(
            Enum(U32, ("X_LINK_NONE", 0), ("X_LINK_A", 1), ("MAX_X_LINK", 2)),
            Enum(U32, ("X_LINK_NONE", 0), ("X_LINK_A", 1), ("X_LINK_B", 2), ("__MAX_X_LINK", 3)) with
            {
                Constants = EquatableArray.Of(Constant("MAX_X_LINK", "3", expression: "__MAX_X_LINK")),
            }));

    [Fact]
    public void An_enum_under_another_name_lost_a_tag_and_has_one() => Assert.Equal(
        ["tag-removed enum what", "tag-added enum event"],
        Drift(Enums(Members("what", U32, [("A", 1), ("B", 2)])), Enums(Members("event", U32, [("A", 1), ("B", 2)]))));

    [Fact]
    public void An_enum_may_be_divided() => Assert.Equal(
        ["name-moved C: enum with A -> enum more", "name-moved D: enum with A -> enum more", "tag-added enum more"],
        Drift(Nameless([("A", 1), ("B", 2), ("E", 5), ("C", 3), ("D", 4)]),
            Enums(Members("", U32, [("A", 1), ("B", 2), ("E", 5)]), Members("more", U32, [("C", 3), ("D", 4)]))));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_record_with_a_typedef_gets_a_tag(bool forth)
    {
        AbiSpec Spec(bool tagged)
        {
            var type = new TypeRef(TypeKind.Record, tagged ? "struct pair" : "typedef pair_t", default);
            return Records(
                new StructSpec { Name = tagged ? "pair"
                    : "pair_t", Tagged = tagged, Size = 4, Align = 4, Fields = EquatableArray.Of(Field("a", U32, 0)) },
                new StructSpec { Name = "user", Size = 4, Align = 4,
                    Fields = EquatableArray.Of(Field("p", type, 0) with { Size = 4 }) }) with
            {
                Typedefs = tagged ? EquatableArray.Of(new TypedefSpec { Name = "pair_t", CType = "struct pair", Type = type, Size = 4 })
                    : default,
            };
        }
        Assert.Equal([forth ? "tag-added struct pair" : "tag-removed struct pair"], Drift(Spec(!forth), Spec(forth)));
    }

    private static AbiSpec With(AbiSpec spec, string name, string kind, string body = "") =>
        spec with { Unresolved = spec.Unresolved.Concat(Lost(name, kind, body).Unresolved).ToEquatableArray() };

    private static StructSpec Pair(string name, int size) =>
        new() { Name = name, Size = size, Align = 4, Fields = EquatableArray.Of(Field("a", U32, 0)) };

    /// <summary>As linux/netfilter_ipv4/ip_tables.h keeps <c>struct ipt_entry_target</c>.</summary>
    [Fact]
    public void A_macro_keeps_the_tag_of_a_record() => Assert.Equal(
        ["kept-by-macro struct old_entry: struct old_entry -> macro for x_entry"],
        Drift(Records(Pair("old_entry", 4)), With(Records(Pair("x_entry", 4)), "old_entry", "not-an-expression", "x_entry")));

    [Fact]
    public void What_a_macro_keeps_is_compared() => Assert.Equal(
        ["struct-resized struct old_entry: 4 bytes -> 8 bytes", "kept-by-macro struct old_entry: struct old_entry -> macro for x_entry"],
        Drift(Records(Pair("old_entry", 4)), With(Records(Pair("x_entry", 8)), "old_entry", "not-an-expression", "x_entry")));

    [Fact]
    public void A_macro_for_a_record_that_was_there_before() => Assert.Equal(
        ["kept-by-macro struct old_entry: struct old_entry -> macro for x_entry"],
        Drift(Records(Pair("old_entry", 4), Pair("x_entry", 4)),
            With(Records(Pair("x_entry", 4)), "old_entry", "not-an-expression", "x_entry")));

    [Fact]
    public void A_macro_keeps_a_typedef() => Assert.Equal(
        ["kept-by-macro typedef t: typedef t -> macro for u32"], Drift(Typedef(U32), With(new(), "t", "not-an-expression", "u32")));

    [Fact]
    public void A_macro_for_another_type_keeps_nothing() => Assert.Contains(
        "typedef-removed t: was u32", Drift(Typedef(U32), With(new(), "t", "not-an-expression", "x")));

    [Fact]
    public void A_macro_became_a_function()
    {
        Assert.Equal(["became-function X_LEN: macro -> function"], Drift(Lost("X_LEN"), With(new(), "X_LEN", "declaration")));
        Assert.Equal(["became-function A: 1 -> function"], Drift(Constants(Constant("A", "1")), With(new(), "A", "declaration")));
    }

    private static AbiSpec Guarded(string guard, int line) => Lost(guard, "empty") is var spec
        ? spec with
        {
            Header = "linux/a.h",
            Unresolved = EquatableArray.Of(spec.Unresolved[0] with { At = $"linux/a.h:{line}" }),
            Constants = EquatableArray.Of(Constant("A", "1")),
            Locations = EquatableArray.Of(new LocationSpec { Name = "A", At = "linux/a.h:5" }),
        }
        : spec;

    [Fact]
    public void A_guard_of_any_name_is_the_first_macro_of_the_header()
    {
        Assert.Empty(Drift(Guarded("__FOO_UAPI__", 3), Guarded("FOO_ONCE", 2)));
        Assert.Equal(["macro-removed __FOO_UAPI__: was why", "macro-added FOO_ONCE: why"],
            Drift(Guarded("__FOO_UAPI__", 3), Guarded("FOO_ONCE", 7)));
    }
}
