using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>What a field points to is part of its type.</summary>
public sealed class PointeeTests
{
    private static TypeRef Type(string text) => TypeRef.TryParse(text, out var type) ? type : throw new FormatException(text);

    private static FieldSpec Pointer(string to) => Field("p", TypeRef.Pointer, 0) with
    {
        Size = 8, CType = to + " *", Pointee = to.Length == 0 ? null : Type(to),
    };

    private static StructSpec Named(string name, params FieldSpec[] fields) =>
        new() { Name = name, Size = 8, Align = 8, Fields = EquatableArray.Of(fields) };

    private static string Kinds(AbiSpec old, AbiSpec current) =>
        string.Join(' ', AbiDiffer.Compare(old, current).Select(change => $"{change.Kind.Id} {change.Subject}"));

    [Theory]
    [InlineData("u32", "u64", "pointee-changed struct s.p")]
    [InlineData("u32", "struct a", "pointee-changed struct s.p")]
    [InlineData("struct a", "ptr", "pointee-changed struct s.p")]
    [InlineData("struct a", "struct b", "pointee-changed struct s.p")]
    [InlineData("u32", "s32", "field-retyped struct s.p")]
    [InlineData("u32", "enum e", "field-retyped struct s.p")]
    [InlineData("void", "struct a", "field-retyped struct s.p")]
    [InlineData("struct a", "u8", "field-retyped struct s.p")]
    [InlineData("struct a", "struct a", "")]
    [InlineData("", "u32", "")]
    [InlineData("u32", "", "")]
    public void Another_pointee_is_a_change(string was, string now, string told) =>
        Assert.Equal(told, Kinds(Struct(8, 8, Pointer(was)), Struct(8, 8, Pointer(now))));

    [Fact]
    public void A_record_of_the_same_fields_under_another_name_is_another_type_at_most() => Assert.Equal(
        "field-retyped struct s.p struct-added struct b struct-removed struct a",
        string.Join(' ', AbiDiffer.Compare(
            Records(Named("a", Field("x", U64, 0)), Named("s", Pointer("struct a"))),
            Records(Named("b", Field("x", U64, 0)), Named("s", Pointer("struct b"))))
            .Select(change => $"{change.Kind.Id} {change.Subject}").Order(StringComparer.Ordinal)));

    /// <summary>Each points to the other side's of the same name as the one it stands in.</summary>
    [Fact]
    public void Records_that_point_to_themselves_come_to_an_end() => Assert.Contains("field-retyped struct s.p", Kinds(
        Records(Named("a", Pointer("struct a")), Named("s", Pointer("struct a"))),
        Records(Named("b", Pointer("struct b")), Named("s", Pointer("struct b")))), StringComparison.Ordinal);

    /// <summary>A record that grew is told once, as the record.</summary>
    [Fact]
    public void The_record_s_own_change_is_told_where_it_stands() => Assert.Equal(
        "field-retyped struct a.x", Kinds(
            Records(Named("a", Field("x", U64, 0)), Named("s", Pointer("struct a"))),
            Records(Named("a", Field("x", TypeRef.Integer(8, signed: true), 0)), Named("s", Pointer("struct a")))));

    [Fact]
    public void A_field_under_another_name_that_points_elsewhere_is_another_field() => Assert.DoesNotContain("renamed", Kinds(
        Struct(8, 8, Pointer("u32")), Struct(8, 8, Pointer("u64") with { Name = "q" })), StringComparison.Ordinal);
}
