using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>Types and names that are the same thing, or the same bytes, written otherwise.</summary>
public sealed class SamenessTests
{
    private static readonly TypeRef U8 = TypeRef.Integer(1, signed: false);

    private static TypeRef Array(TypeRef element, params long[] dimensions) => element with { Dimensions = dimensions.ToEquatableArray() };

    private static string[] Drift(AbiSpec old, AbiSpec current) => [.. AbiDiffer.Compare(old, current).Select(change => change.ToString())];

    private static FieldSpec Record(string name, string id, long size) =>
        Field(name, new(TypeKind.Record, id, default), 0) with { CType = id, Size = size };

    [Fact]
    public void A_record_and_as_many_bytes_are_the_same_bytes() => Assert.Equal(
        ["field-reshaped struct s.uuid: typedef guid_t -> u8[16]"],
        Drift(Struct(16, 4, Record("uuid", "typedef guid_t", 16)), Struct(16, 4, Field("uuid", Array(U8, 16), 0))));

    /// <summary>As <c>union snd_seq_event_data</c> was written inside <c>struct snd_seq_event</c> once.</summary>
    [Fact]
    public void A_record_inside_a_field_that_is_given_a_name()
    {
        StructSpec data = new() { Kind = RecordKind.Union, Size = 4, Align = 4, Fields = EquatableArray.Of(Field("a", U32, 0)) };
        static StructSpec Holder(FieldSpec field) => new() { Name = "s", Size = 4, Align = 4, Fields = EquatableArray.Of(field) };
        var inside = Records(Holder(Inline("data", data)));
        var named = Records(Holder(Record("data", "union d", 4)), data with { Name = "d" });
        Assert.Equal(["union-added union d: 4 bytes"], Drift(inside, named));
        Assert.Equal(["union-removed union d: was 4 bytes"], Drift(named, inside));
        var other = data with { Name = "d", Fields = EquatableArray.Of(Field("a", S32, 0)) };
        Assert.Contains(
            "field-retyped struct s.data: union {...} -> union d",
            Drift(
                Records(Holder(Inline("data", data) with { CType = "union {...}" })),
                Records(Holder(Record("data", "union d", 4)), other)));
    }

    [Fact]
    public void Words_of_another_width_are_the_same_bytes() => Assert.Equal(
        ["field-retyped struct s.a: u64[2] -> u32[4]"],
            Drift(Struct(16, 8, Field("a", Array(U64, 2), 0)), Struct(16, 8, Field("a", Array(U32, 4), 0))));

    [Fact]
    public void Fewer_bytes_are_not() => Assert.Equal(
        ["field-resized struct s.uuid: typedef guid_t, 16 bytes -> u8[8], 8 bytes"],
        Drift(Struct(16, 4, Record("uuid", "typedef guid_t", 16)), Struct(16, 4, Field("uuid", Array(U8, 8), 0))));

    [Theory]
    [InlineData(0, TypeRef.Flexible)]
    [InlineData(TypeRef.Flexible, 0)]
    public void An_array_without_elements_is_flexible(long was, long now) => Assert.Equal(
        "array-became-flexible",
            Assert.Single(AbiDiffer.Compare(Struct(4, 4, Field("a", Array(U32, was), 4)), Struct(4, 4, Field("a", Array(U32, now), 4))))
            .Kind.Id);

    [Fact]
    public void An_array_of_one_element_is_not() => Assert.Equal(
        ["field-resized", "struct-resized"], AbiDiffer.Compare(Struct(8, 4, Field("a", Array(U32, 1), 4)),
            Struct(4, 4, Field("a", Array(U32, TypeRef.Flexible), 4))).Select(change => change.Kind.Id));

    [Theory]
    [InlineData("__be32", "__le32", true)]
    [InlineData("__le64[2]", "__be64[2]", true)]
    [InlineData("__u32", "__le32", false)]
    [InlineData("__be32", "__u32", false)]
    [InlineData("__be32", "be32", false)]
    [InlineData("level_t", "begin_t", false)]
    public void The_order_of_bytes_is_part_of_a_type_where_both_sides_promise_one(string was, string now, bool changed) => Assert.Equal(
        changed ? 1 : 0, AbiDiffer.Compare(Struct(4, 4, Field("a", U32, 0) with { CType = was }),
            Struct(4, 4, Field("a", U32, 0) with { CType = now })).Count);

    [Fact]
    public void A_field_of_the_other_order_under_another_name_is_another_field() => Assert.DoesNotContain(
        "field-renamed", AbiDiffer.Compare(Struct(4, 4, Field("a", U32, 0) with { CType = "__be32" }),
            Struct(4, 4, Field("b", U32, 0) with { CType = "__le32" })).Select(change => change.Kind.Id));

    /// <summary>What __DECLARE_FLEX_ARRAY puts in front of an array in a union.</summary>
    [Fact]
    public void A_struct_of_nothing_is_no_field() => Assert.Empty(Drift(
        Struct(4, 4, Field("a", U32, 0)), Struct(4, 4, Field("a", U32, 0), Inline("__empty_b", new() { Align = 1 }, 4))));

    /// <summary>It stands in one place only: what it moves there is told.</summary>
    [Fact]
    public void The_alignment_of_a_record_without_a_name_is_none_of_its_own() => Assert.Empty(Drift(
        Struct(8, 8, Inline("a", new() { Size = 8, Align = 4 })), Struct(8, 8, Inline("a", new() { Size = 8, Align = 8 }))));

    [Theory]
    [InlineData(4, "array-opened")]
    [InlineData(8, "field-resized")]
    public void An_array_of_one_opens_where_its_record_is_as_long_as_before(int size, string kind) => Assert.Contains(
        kind, AbiDiffer.Compare(Struct(4, 4, Field("a", Array(U32, 1), 0)), Struct(size, 4, Field("a", Array(U32, TypeRef.Flexible), 0)))
            .Select(change => change.Kind.Id));

    [Fact]
    public void The_top_bit_with_a_sign_and_without_is_one_bit() => Assert.Equal(
        ["constant-retyped A: s32 -> u32"],
            Drift(Constants(Constant("A", "-2147483648", S32)), Constants(Constant("A", "2147483648", U32))));

    [Fact]
    public void The_same_of_a_flag() => Assert.Equal(
        ["flag-retyped X_FLAG_A: s32 -> u64"],
            Drift(Flags(Constant("X_FLAG_A", "-2147483648", S32)), Flags(Constant("X_FLAG_A", "2147483648", U64))));

    [Fact]
    public void Minus_one_and_all_bits_are_the_same_bits_of_a_word() => Assert.Equal(
        ["constant-retyped A: s32 -> u32"], Drift(Constants(Constant("A", "-1", S32)), Constants(Constant("A", "4294967295", U32))));

    [Theory]
    [InlineData("_FS_H", "_UAPI_LINUX_FS_H")]
    [InlineData("__ASM_X86_FS_H__", "")]
    [InlineData("", "_LINUX_FS_H_INCLUDED")]
    [InlineData("UAPI_FS_H_", "_FS_H")]
    public void A_guard_is_no_interface(string was, string now)
    {
        static AbiSpec Guarded(string name) => name.Length == 0 ? new() : Lost(name, "empty");
        Assert.Empty(Drift(Guarded(was) with { Header = "linux/fs.h" }, Guarded(now) with { Header = "linux/fs.h" }));
    }

    [Theory]
    [InlineData("FS_HAS_QUOTA", "empty")]
    [InlineData("_FS_H", "function-like")]
    public void Any_other_macro_without_a_value_is(string name, string kind) =>
        Assert.Equal("macro-removed", Assert.Single(AbiDiffer.Compare(Lost(name, kind), new())).Kind.Id);

    [Fact]
    public void Another_record_of_the_same_fields_is_the_same_argument()
    {
        static AbiSpec Spec(string name, string field) => Ioctl("X", size: 4, argument: $"struct {name}") with
        {
            Structs = EquatableArray.Of(new StructSpec { Name = name, Size = 4, Align = 4,
                Fields = EquatableArray.Of(Field(field, U32, 0)) }),
        };
        Assert.Contains("ioctl-argument-retyped X: struct a -> struct b", Drift(Spec("a", "x"), Spec("b", "x")));
        Assert.Contains("ioctl-argument-changed X: struct a -> struct b", Drift(Spec("a", "x"), Spec("b", "y")));
    }

    [Fact]
    public void A_wider_integer_in_a_request_is_another_size() => Assert.Equal(
        ["ioctl-size-changed X: 4 bytes -> 8 bytes"],
        Drift(Ioctl("X", size: 4, argument: "int"), Ioctl("X", size: 8, argument: "long")));
}
