using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>Arrays without a length: what stands in them has the distance that its type gives, whatever the array's own size.</summary>
public sealed class FlexibleArrayTests
{
    private static TypeRef Type(string text) => TypeRef.TryParse(text, out var type) ? type : throw new FormatException(text);

    private static StructSpec Holder(string items) => new()
    {
        Name = "s", Size = 8, Align = 8,
        Fields = EquatableArray.Of(Field("count", U64, 0), new FieldSpec { Name = "items", CType = items, Type = Type(items), Offset = 8 }),
    };

    private static StructSpec Item(params string[] fields) => new()
    {
        Name = "item", Size = fields.Length * 4, Align = 4,
        Fields = fields.Select((field, index) => Field(field, U32, index * 4)).ToEquatableArray(),
    };

    private static string[] Drift(AbiSpec old, AbiSpec current) =>
        [.. AbiDiffer.Compare(old, current).Select(change => change.ToString())];

    [Theory]
    [InlineData("u32[]", "u64[]", "field-resized struct s.items: u32[], 4 bytes each -> u64[], 8 bytes each")]
    [InlineData("u32[0]", "u64[0]", "field-resized struct s.items: u32[0], 4 bytes each -> u64[0], 8 bytes each")]
    [InlineData("u64[0]", "u16[]", "field-resized struct s.items: u64[0], 8 bytes each -> u16[], 2 bytes each")]
    [InlineData("u8[][4]", "u8[][8]", "field-resized struct s.items: u8[][4], 4 bytes each -> u8[][8], 8 bytes each")]
    [InlineData("ptr[]", "u64[]", "field-resized struct s.items: ptr[], 4 bytes each -> u64[], 8 bytes each", 4)]
    [InlineData("ptr[]", "u64[]", "field-retyped struct s.items: ptr[] -> u64[]", 8)]
    [InlineData("u32[]", "s32[]", "field-retyped struct s.items: u32[] -> s32[]")]
    [InlineData("u16[][4]", "u32[][2]", "field-retyped struct s.items: u16[][4] -> u32[][2]")]
    [InlineData("u32[0]", "u32[]", "array-became-flexible struct s.items: u32[0] -> u32[]")]
    [InlineData("struct unknown[]", "u64[]", "field-retyped struct s.items: struct unknown[] -> u64[]")]
    public void Elements_further_apart_are_a_break(string was, string now, string told, int pointer = 8) => Assert.Equal(
        [told], Drift(Records(Holder(was)) with { PointerSize = pointer }, Records(Holder(now)) with { PointerSize = pointer }));

    [Theory]
    [InlineData("struct item[]")]
    [InlineData("struct item[0]")]
    public void An_element_that_may_grow_may_not_in_an_array(string items)
    {
        AbiSpec old = Records(Holder(items), Item("size", "a")), now = Records(Holder(items), Item("size", "a", "b"));
        Assert.Equal(
            [$"field-resized struct s.items: {items}, 8 bytes each -> {items}, 12 bytes each",
                "record-extended struct item: 8 bytes -> 12 bytes with b"],
            Drift(old, now));
        Assert.False(Compatibility.Of(AbiDiffer.Compare(old, now)).Binary);
    }

    [Fact]
    public void An_element_that_grew_against_the_rules_is_told_once() => Assert.Equal(
        ["struct-resized struct item: 4 bytes -> 8 bytes", "field-appended struct item.b: u32 at offset 4"],
        Drift(Records(Holder("struct item[]"), Item("a")), Records(Holder("struct item[]"), Item("a", "b"))));

    [Fact]
    public void An_element_of_another_record_is_one_of_its_size() => Assert.Contains(
        "field-resized struct s.items: struct item[], 4 bytes each -> u64[], 8 bytes each",
        Drift(Records(Holder("struct item[]"), Item("a")), Records(Holder("u64[]"))));

    private static FieldSpec Flexible(string name) => new() { Name = name, CType = "u32[]", Type = Type("u32[]") };

    [Fact]
    public void A_flexible_member_of_a_union_is_over_what_the_union_has()
    {
        AbiSpec old = Struct(8, 8, Overlay(Field("a", U64, 0))), now = Struct(8, 8, Overlay(Field("a", U64, 0), Flexible("items")));
        Assert.Equal(["union-member-added struct s.items: u32[] at offset 0"], Drift(old, now));
        Assert.Equal(["union-member-removed struct s.items: was u32[] at offset 0"], Drift(now, old));
    }

    [Fact]
    public void A_second_flexible_member_is_over_the_first() => Assert.Equal(
        ["union-member-added struct s.more: u32[] at offset 0"],
        Drift(Struct(0, 4, Overlay(Flexible("items"))), Struct(0, 4, Overlay(Flexible("items"), Flexible("more")))));

    [Fact]
    public void A_flexible_member_behind_the_union_is_over_nothing() => Assert.Equal(
        ["field-appended struct s.items: u32[] at offset 8"],
        Drift(Struct(8, 8, Overlay(Field("a", U64, 0))), Struct(8, 8, Overlay(Field("a", U64, 0)), Flexible("items") with { Offset = 8 })));
}
