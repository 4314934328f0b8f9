using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>What a type is beyond its layout: qualifiers, and what a function that is pointed to takes.</summary>
public sealed class FullTypeTests
{
    private const string Qualified = "qualifier-changed", Dropped = "const-dropped", Changed = "function-pointer-changed",
        Retyped = "function-pointer-retyped";

    [Theory]
    [InlineData("", "const u32", Qualified)]
    [InlineData("const u32", "", Dropped)]
    [InlineData("", "volatile u32", Qualified)]
    [InlineData("volatile u32", "", Qualified)]
    [InlineData("const volatile u32", "volatile u32", Dropped)]
    [InlineData("const volatile u32", "const u32", Qualified)]
    [InlineData("const u32", "const u32", "")]
    public void A_field_that_is_const_or_volatile(string was, string now, string kind) =>
        Assert.Equal(kind, Kinds(Holder(Field("a", U32, 0) with { Full = was }), Holder(Field("a", U32, 0) with { Full = now })));

    [Theory]
    [InlineData("", "const s8 *", Qualified)]
    [InlineData("const s8 *", "", Qualified)]
    [InlineData("volatile s8 *", "", Qualified)]
    [InlineData("", "s8 * const", Qualified)]
    [InlineData("s8 * const", "", Dropped)]
    [InlineData("const s8 * const", "const s8 *", Dropped)]
    [InlineData("const s8 * const", "", Qualified)]
    [InlineData("const s8 *", "const s8 *", "")]
    public void A_pointer_and_what_it_points_to(string was, string now, string kind) =>
        Assert.Equal(kind, Kinds(Holder(Pointer(was, "s8")), Holder(Pointer(now, "s8"))));

    [Theory]
    [InlineData("u32 * *", "u64 * *", "pointee-changed")]
    [InlineData("u32 * *", "s32 * *", "field-retyped")]
    [InlineData("u32 * *", "void * *", "field-retyped")]
    [InlineData("s8 * *", "s8 * * *", "pointee-changed")]
    [InlineData("u32[4] * *", "u32[8] * *", "pointee-changed")]
    [InlineData("u32 *[4] *", "u32 *[8] *", "pointee-changed")]
    [InlineData("u32 *[4] *", "s32 *[4] *", "field-retyped")]
    [InlineData("u32 * *", "u32 * * *", "pointee-changed")]
    [InlineData("s8 * *", "const s8 * *", Qualified)]
    [InlineData("s8 * *", "s8 * const *", Qualified)]
    public void A_pointer_to_a_pointer(string was, string now, string kind) =>
        Assert.Equal(kind, Kinds(Holder(Pointer(was, "ptr")), Holder(Pointer(now, "ptr"))));

    [Theory]
    [InlineData("s32 (s32) *", "s32 (s32) *", "")]
    [InlineData("s32 (s32) *", "s32 (s64) *", Changed)]
    [InlineData("s32 (s32) *", "s32 (s32, s32) *", Changed)]
    [InlineData("s32 (s32) *", "void (s32) *", Changed)]
    [InlineData("s32 (s32) *", "f32 (s32) *", Changed)]
    [InlineData("s32 (s32) *", "s32 (s32, ...) *", Changed)]
    [InlineData("s32 (s32) *", "s32 (s32) * *", Changed)]
    [InlineData("s32 (struct a *) *", "s32 (struct b *) *", Changed)]
    [InlineData("s32 (u32 *) *", "s32 (u64 *) *", Changed)]
    [InlineData("s32 (u32 *) *", "s32 (u32) *", Changed)]
    [InlineData("void (s32 (s32) *) *", "void (s32 (s64) *) *", Changed)]
    [InlineData("s32 (s32) *", "u32 (enum e) *", Retyped)]
    [InlineData("void (s8 *) *", "void (const s8 *) *", Retyped)]
    [InlineData("void (void *) *", "void (struct a *) *", Retyped)]
    [InlineData("void (s32 (s32) *, u8) *", "void (s32 (u32) *, u8) *", Retyped)]
    [InlineData("s32 (...) *", "s32 (s32) *", Retyped)]
    [InlineData("s32 (...) *", "void (s32) *", Changed)]
    [InlineData("s32 (s32) *", "s32 (s32) * const", Qualified)]
    [InlineData("s32 (s32) * const", "s32 (s32) *", Dropped)]
    public void A_pointer_to_a_function(string was, string now, string kind)
    {
        Assert.Equal(kind, Kinds(Holder(Pointer(was, null)), Holder(Pointer(now, null))));
        Assert.Equal(kind == Dropped ? Qualified : kind, Kinds(Named(TypeRef.Pointer, was), Named(TypeRef.Pointer, now)));
    }

    [Theory]
    [InlineData("void", Retyped)]
    [InlineData("struct a", Changed)]
    public void A_pointer_to_a_function_and_one_to_something_else(string pointee, string kind)
    {
        var (function, other) = (Holder(Pointer("s32 (s32) *", null)), Holder(Pointer("", pointee)));
        Assert.Equal(kind, Kinds(function, other));
        Assert.Equal(kind, Kinds(other, function));
    }

    [Theory]
    [InlineData("ptr", "s8 *", "const s8 *", Qualified)]
    [InlineData("ptr", "u32 *", "u64 *", "pointee-changed")]
    [InlineData("ptr", "u32 *", "s32 *", "typedef-retyped")]
    [InlineData("ptr", "s8 * *", "s8 *", "pointee-changed")]
    [InlineData("ptr", "s8 *", "s8 * *", "pointee-changed")]
    [InlineData("ptr", "s8 * *", "void *", "typedef-retyped")]
    [InlineData("ptr", "u32 *", "u32[4] *", "pointee-changed")]
    [InlineData("ptr", "void *", "struct a *", "typedef-retyped")]
    [InlineData("ptr", "struct a *", "struct a *", "")]
    [InlineData("ptr", "", "s32 (s32) *", "")]
    [InlineData("void", "s32 (s32)", "s32 (s64)", Changed)]
    [InlineData("u32", "", "const u32", Qualified)]
    [InlineData("u32", "const u32", "", Qualified)]
    [InlineData("u32", "const volatile u32", "volatile u32", Qualified)]
    [InlineData("u8[6]", "const u8[6]", "", Qualified)]
    [InlineData("ptr", "s8 * const", "s8 *", Qualified)]
    public void A_typedef(string type, string was, string now, string kind)
    {
        var of = TypeRef.TryParse(type, out var read) ? read : throw new FormatException(type);
        Assert.Equal(kind, Kinds(Named(of, was), Named(of, now)));
    }

    /// <summary>BTF, and models that were made before types were kept in full.</summary>
    [Fact]
    public void A_side_that_does_not_tell_is_no_change()
    {
        Assert.Equal("", Kinds(Holder(Pointer("", null)), Holder(Pointer("s32 (s32) *", null))));
        Assert.Equal("", Kinds(Holder(Pointer("", "s8") with { CType = "const char *" }), Holder(Pointer("const s8 *", "s8"))));
        Assert.Equal("", Kinds(Holder(Pointer("", "ptr")), Holder(Pointer("const s8 * *", "ptr"))));
        Assert.Equal("", Kinds(Holder(Field("a", U32, 0) with { CType = "const __u32" }),
            Holder(Field("a", U32, 0) with { Full = "const u32" })));
    }

    /// <summary>A typedef of the same name on both sides that a field's spelling names.</summary>
    [Fact]
    public void A_field_of_a_typedef_is_not_told_again()
    {
        AbiSpec Side(string full) => Holder(Pointer(full, null) with { CType = "t" }) with
        {
            Typedefs = Named(TypeRef.Pointer, full).Typedefs,
        };
        Assert.Equal("function-pointer-changed t: s32 (s32) * -> s32 (s64) *", Told(Side("s32 (s32) *"), Side("s32 (s64) *")));
        Assert.Equal("function-pointer-changed struct s.p: s32 (s32) * -> s32 (s64) *",
            Told(Side("s32 (s32) *") with { Typedefs = default }, Side("s32 (s64) *") with { Typedefs = default }));
    }

    /// <summary>The function of a typedef behind a field's pointer, and a typedef of a typedef.</summary>
    [Theory]
    [InlineData("t *", "")]
    [InlineData("const t *[2]", "")]
    [InlineData("other *", "|function-pointer-changed struct s.p: s32 (s32) * -> s32 (s64) *")]
    public void What_a_typedef_tells_is_told_once(string spelling, string more)
    {
        AbiSpec Side(string takes) => Holder(Pointer($"s32 ({takes}) *", null) with { CType = spelling }) with
        {
            Typedefs = EquatableArray.Of(
                new TypedefSpec { Name = "t", CType = "some", Type = TypeRef.Void, Full = $"s32 ({takes})" },
                new TypedefSpec { Name = "u", CType = "t *", Type = TypeRef.Pointer, Full = $"s32 ({takes}) *", Size = 8 },
                new TypedefSpec { Name = "v", CType = "u", Type = TypeRef.Pointer, Full = $"s32 ({takes}) *", Size = 8 }),
        };
        var told = Told(Side("s32"), Side("s64")).Split('|').Order(StringComparer.Ordinal).Reverse();
        Assert.Equal("function-pointer-changed t: s32 (s32) -> s32 (s64)" + more, string.Join('|', told));
    }

    [Fact]
    public void A_field_under_another_name_that_takes_another_function_is_another_field() => Assert.DoesNotContain("renamed",
        Kinds(Holder(Pointer("s32 (s32) *", null)), Holder(Pointer("s32 (s64) *", null) with { Name = "q" })), StringComparison.Ordinal);

    [Theory]
    [InlineData("u32", "u32[1]", "field-reshaped")]
    [InlineData("u32[1]", "u32", "field-reshaped")]
    [InlineData("u64", "u8[8]", "field-reshaped")]
    [InlineData("u8[16]", "u8[4][4]", "field-reshaped")]
    [InlineData("u32[1]", "s32[1]", "field-retyped")]
    [InlineData("u32[4]", "u64[2]", "field-retyped")]
    [InlineData("u32", "u32[2]", "field-resized struct-resized")]
    [InlineData("u32[4][2]", "u32[2][4]", "field-resized")]
    [InlineData("u32[4][2]", "s32[4][2]", "field-retyped")]
    [InlineData("u32[4][2]", "u64[4][1]", "field-retyped")]
    [InlineData("u32[4][2]", "u64[2][2]", "field-resized")]
    [InlineData("u8[2][3][4]", "u8[2][4][3]", "field-resized")]
    [InlineData("ptr[2][3]", "ptr[3][2]", "field-resized")]
    [InlineData("u32[2][4]", "u32[8]", "field-reshaped")]
    public void An_array_of_the_same_bytes(string was, string now, string kinds)
    {
        static AbiSpec Of(string text) => TypeRef.TryParse(text, out var type)
            ? Struct(Bytes(type), 4, Field("a", type, 0) with { Size = Bytes(type) }) : throw new FormatException(text);
        Assert.Equal(kinds, string.Join(' ', Kinds(Of(was), Of(now)).Split(' ').Order(StringComparer.Ordinal)));
    }

    private static long Bytes(TypeRef type) => (type.Kind == TypeKind.Pointer ? 8 : type.ScalarSize) * type.Length;

    /// <summary>Neither has other bytes. Of a bit-field nobody asks for the address, so that none is missed.</summary>
    [Theory]
    [InlineData(0, 32, "field-reshaped", "field-retyped")]
    [InlineData(0, 16, "field-resized", "field-resized")]
    public void A_bit_field_of_a_whole_word(int bit, int width, string kind, string back)
    {
        var (word, bits) = (Struct(8, 4, Field("a", U32, 0)), Struct(8, 4, Bits("a", bit, width)));
        Assert.Equal(kind, Kinds(word, bits));
        Assert.Equal(back, Kinds(bits, word));
        Assert.Equal("", Kinds(bits, bits));
    }

    private static AbiSpec Holder(FieldSpec field) => Struct(8, 8, field);

    private static FieldSpec Pointer(string full, string? to) => Field("p", TypeRef.Pointer, 0) with
    {
        Size = 8, Full = full, CType = $"some {to} *", Pointee = to is not null && TypeRef.TryParse(to, out var type) ? type : null,
    };

    private static AbiSpec Named(TypeRef type, string full) => new()
    {
        Typedefs = EquatableArray.Of(new TypedefSpec { Name = "t", CType = "some", Type = type, Full = full, Size = type.ScalarSize }),
    };

    private static string Kinds(AbiSpec old, AbiSpec current) =>
        string.Join(' ', AbiDiffer.Compare(old, current).Select(change => change.Kind.Id));

    private static string Told(AbiSpec old, AbiSpec current) => string.Join('|', AbiDiffer.Compare(old, current));
}
