using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>Space that was kept for later: put to use, given another shape, or made of what was in use.</summary>
public sealed class ReservedSpaceTests
{
    private static TypeRef Words(int length) => U32 with { Dimensions = EquatableArray.Of((long)length) };

    private static string[] Drift(AbiSpec old, AbiSpec current) => [.. AbiDiffer.Compare(old, current).Select(change => change.ToString())];

    [Theory]
    [InlineData("reserved")]
    [InlineData("__reserved_1")]
    [InlineData("bReserved")]
    [InlineData("rsvd2")]
    [InlineData("resvd1")]
    [InlineData("__spare3")]
    [InlineData("pad")]
    [InlineData("__pad1")]
    [InlineData("padding")]
    [InlineData("resv")]
    [InlineData("unused")]
    [InlineData("must_be_unused")]
    [InlineData("mbz")]
    [InlineData("zero")]
    [InlineData("__align")]
    [InlineData("__opaque")]
    public void Name_keeps_space(string name) =>
        Assert.Equal([$"reserved-used struct s.{name}: u32 {name} at offset 0 -> u32 flags at offset 0"],
            Drift(Struct(4, 4, Field(name, U32, 0)), Struct(4, 4, Field("flags", U32, 0))));

    [Theory]
    [InlineData("touchpad")]
    [InlineData("zero_copy")]
    [InlineData("align")]
    [InlineData("opaque")]
    [InlineData("res")]
    [InlineData("preserve")]
    public void Name_means_something(string name) =>
        Assert.Equal([$"field-renamed struct s.{name}: {name} -> flags"],
            Drift(Struct(4, 4, Field(name, U32, 0)), Struct(4, 4, Field("flags", U32, 0))));

    [Fact]
    public void Several_fields_and_what_is_left_are_one_change() => Assert.Equal(
        ["reserved-used struct s.spare: u32[8] spare at offset 8 -> u64 id at offset 8, u32 align at offset 16, u32[5] spare at offset 20"],
        Drift(
            Struct(40, 8, Field("mask", U64, 0), Field("spare", Words(8), 8)),
            Struct(40, 8, Field("mask", U64, 0), Field("id", U64, 8), Field("align", U32, 16), Field("spare", Words(5), 20))));

    [Fact]
    public void Neighbours_are_one_stretch() => Assert.Equal(
        ["reserved-used struct s.pad: u32 pad at offset 4, u64 reserved at offset 8 -> u32 flags at offset 4, u64 id at offset 8"],
        Drift(
            Struct(16, 8, Field("a", U32, 0), Field("pad", U32, 4), Field("reserved", U64, 8)),
            Struct(16, 8, Field("a", U32, 0), Field("flags", U32, 4), Field("id", U64, 8))));

    [Fact]
    public void Two_stretches_are_two_changes() => Assert.Equal(2, AbiDiffer.Compare(
        Struct(16, 4, Field("pad1", U32, 0), Field("a", U32, 4), Field("pad2", U32, 8), Field("b", U32, 12)),
        Struct(16, 4, Field("x", U32, 0), Field("a", U32, 4), Field("y", U32, 8), Field("b", U32, 12)))
            .Count(change => change.Kind.Id == "reserved-used"));

    [Fact]
    public void Bits_are_space_too() => Assert.Equal(
        ["reserved-used struct s.reserved: u32 : 30 reserved at bit 2 -> u32 : 1 pinned at bit 2, u32 : 29 reserved at bit 3"],
        Drift(
            Struct(4, 4, Bits("a", 0, 1), Bits("b", 1, 1), Bits("reserved", 2, 30)),
            Struct(4, 4, Bits("a", 0, 1), Bits("b", 1, 1), Bits("pinned", 2, 1), Bits("reserved", 3, 29))));

    [Fact]
    public void A_member_may_be_a_union_of_new_names() => Assert.Equal(
        ["reserved-used struct s.reserved: u64 reserved at offset 0 -> u64 a at offset 0, u32 b at offset 0"],
        Drift(Struct(8, 8, Field("reserved", U64, 0)), Struct(8, 8, Overlay(Field("a", U64, 0), Field("b", U32, 0)))));

    [Fact]
    public void Another_shape_is_one_change() => Assert.Equal(
        ["reserved-reshaped struct s.pad: u32[2] pad at offset 4 -> u32 pad at offset 4, u32 pad2 at offset 8"],
        Drift(
            Struct(12, 4, Field("a", U32, 0), Field("pad", Words(2), 4)),
            Struct(12, 4, Field("a", U32, 0), Field("pad", U32, 4), Field("pad2", U32, 8))));

    [Fact]
    public void Fields_that_are_reserved_now_are_gone() => Assert.Equal(
        ["field-became-reserved struct s.reserved: u32 a at offset 0, u32 b at offset 4 -> u32[2] reserved at offset 0"],
        Drift(Struct(8, 4, Field("a", U32, 0), Field("b", U32, 4)), Struct(8, 4, Field("reserved", Words(2), 0))));

    [Fact]
    public void A_field_that_only_moved_into_it_breaks() => Assert.Contains(
        AbiDiffer.Compare(
            Struct(12, 4, Field("a", U32, 0), Field("b", U32, 4), Field("pad", U32, 8)),
            Struct(12, 4, Field("a", U32, 0), Field("new", U32, 4), Field("b", U32, 8))),
        change => change is { Kind.Id: "field-moved", Subject: "struct s.b" });

    [Fact]
    public void A_field_that_reaches_over_its_neighbour_breaks() => Assert.Contains(
        AbiDiffer.Compare(
            Struct(12, 4, Field("pad", U32, 0), Field("b", U32, 4), Field("c", U32, 8)),
            Struct(12, 4, Field("wide", U64, 0), Field("c", U32, 8))),
        change => change.Kind.Severity == Severity.Breaking);

    [Fact]
    public void Space_that_grew_with_its_record_still_resizes_it() => Assert.Equal(
        ["struct-resized struct s: 8 bytes -> 12 bytes", "reserved-reshaped struct s.pad: u32 pad at offset 4 -> u32[2] pad at offset 4"],
        Drift(Struct(8, 4, Field("a", U32, 0), Field("pad", U32, 4)), Struct(12, 4, Field("a", U32, 0), Field("pad", Words(2), 4))));
}
