using CsCheck;
using Faultline.AbiModel;
using Faultline.AbiModel.Tests;

namespace Faultline.AbiDiff.Tests;

/// <summary>A source that cannot tell is never taken for one that says no.</summary>
public sealed class CoverageTests
{
    private static readonly AbiCoverage Nothing = new() { Records = Reach.None, Enums = Reach.None, Typedefs = Reach.None, Macros = Reach.None, Ioctls = Reach.None };

    private static readonly AbiCoverage OnlyNamed = new() { Records = Reach.Named, Enums = Reach.Named, Typedefs = Reach.Named, Macros = Reach.Named, Ioctls = Reach.Named };

    private static StructSpec Record(string name, int align = 4, bool packed = false) => new() { Name = name, Size = 8, Align = align, Packed = packed };

    private static AbiSpec Records(params StructSpec[] records) => new() { Structs = EquatableArray.Of(records) };

    private static string[] Drift(AbiSide old, AbiSide current, out string[] omitted)
    {
        var changes = AbiDiffer.Compare(old, current, out var left);
        omitted = [.. left.Select(omission => omission.ToString())];
        return [.. changes.Select(change => change.ToString())];
    }

    [Fact]
    public void Silence_about_macros_is_no_removal()
    {
        var header = Repository.Side("upstream");
        var btf = new AbiSide("btf", header.Spec with { Constants = default, Flags = default, Events = default, Unresolved = default, Ioctls = default })
        {
            Coverage = new() { Macros = Reach.None, Ioctls = Reach.None, Because = "BTF holds types only" },
        };
        Assert.Empty(Drift(header, btf, out var omitted));
        Assert.Equal(2, omitted.Length);
        Assert.Contains(omitted, text => text.StartsWith("ioctls (11: UFFDIO_API, ", StringComparison.Ordinal) && text.EndsWith("btf cannot tell; BTF holds types only", StringComparison.Ordinal));
        Assert.NotEmpty(AbiDiffer.Compare(header.Spec, btf.Spec));
    }

    /// <summary>What hides qualifiers and functions says so once, and nothing is made of its silence.</summary>
    [Fact]
    public void An_older_model_names_what_it_hides()
    {
        static AbiSpec Model(bool isTold)
        {
            var text = new FieldSpec { Name = "a", CType = "const char *", Type = TypeRef.Pointer, Size = 8 };
            var calls = new FieldSpec { Name = "f", CType = "int (*)(int)", Type = TypeRef.Pointer, Offset = 8, Size = 8 };
            if (isTold)
                (text, calls) = (text with { Full = "const s8 *" }, calls with { Full = "s32 (s32) *" });
            var inner = Build.Struct(4, 4, Build.Field("x", Build.U32, 0)).Structs;
            var behind = new FieldSpec
            {
                Name = "p", CType = "struct {...} *", Type = TypeRef.Pointer, Offset = 16, Size = 8, Full = "struct {...} *",
                Unnamed = isTold ? inner : default,
            };
            var held = Build.Inline("in", inner[0], 24) with { CType = "const struct {...}", Full = isTold ? "const struct {...}" : "" };
            return Build.Struct(28, 8, text, calls, behind, held) with
            {
                Typedefs = EquatableArray.Of(new TypedefSpec { Name = "t", CType = "const int", Type = Build.S32, Size = 4,
                    Full = isTold ? "const s32" : "" }),
            };
        }
        Assert.Empty(Drift(new("old", Model(isTold: false)), new("new", Model(isTold: true)), out var omitted));
        const string because = "old cannot tell; its model was made before types were kept in full";
        Assert.Equal(
        [
            $"qualifiers and functions pointed to (4: struct s.a, struct s.f, struct s.in, typedef t): {because}",
            $"records without a name behind pointers (1: struct s.p): {because}",
        ], omitted);
        Assert.Empty(Drift(new("old", Model(isTold: true)), new("new", Model(isTold: true)), out omitted));
        Assert.Empty(omitted);
    }

    /// <summary>Compiled code tells none of it, however much of it there is.</summary>
    [Fact]
    public void A_side_without_qualifiers_is_told_once()
    {
        var spec = Build.Struct(8, 4, Build.Field("a", Build.U32, 0) with { CType = "const int", Full = "const u32" },
            Build.Field("b", Build.U32, 4) with { CType = "const int", Full = "const u32" });
        var code = new AbiSide("code", Build.Struct(8, 4, Build.Field("a", Build.U32, 0), Build.Field("b", Build.U32, 4)))
        {
            Coverage = new() { Unknown = AbiDetails.Qualifiers },
        };
        Assert.Empty(Drift(new("header", spec), code, out var omitted));
        Assert.Equal(["const, volatile and what is pointed to: code cannot tell"], omitted);
    }

    [Fact]
    public void What_a_partial_side_does_not_name_is_left_out_and_told()
    {
        var old = new AbiSide("header", Records(Record("a"), Record("b")));
        var now = new AbiSide("btf", Records(Record("a") with { Size = 16 })) { Coverage = new() { Records = Reach.Named } };
        Assert.Equal(["struct-resized struct a: 8 bytes -> 16 bytes"], Drift(old, now, out var omitted));
        Assert.Equal(["structs and unions (1: struct b): btf cannot tell"], omitted);
    }

    [Fact]
    public void What_only_a_partial_side_names_is_absent_from_a_whole_one()
    {
        var old = new AbiSide("btf", Records(Record("a"))) { Coverage = new() { Records = Reach.Named } };
        Assert.Equal(["struct-removed struct a: was 8 bytes"], Drift(old, new("header", Records()), out var omitted));
        Assert.Empty(omitted);
    }

    [Fact]
    public void An_unknown_property_is_not_compared_at_any_depth()
    {
        static AbiSpec Nested(int align) => Records(Record("a", align) with
        {
            Fields = EquatableArray.Of(new FieldSpec { Name = "arg", CType = "union {...}", Type = TypeRef.Inline, Size = 8, Inline = Record("", align, packed: true) }),
        });
        var old = new AbiSide("old", Nested(4));
        var now = new AbiSide("now", Nested(8));
        Assert.Equal(["struct-realigned struct a: aligned to 4 -> aligned to 8"], Drift(old, now, out _));
        Assert.Empty(Drift(old, now with { Coverage = new() { Unknown = AbiDetails.Alignment } }, out var omitted));
        Assert.Equal(["alignment of records: now cannot tell"], omitted);
    }

    [Fact]
    public void Two_whole_sides_are_compared_as_models_are() => Gen.Select(ModelGen.Spec, ModelGen.Spec).Sample((left, right) =>
    {
        var changes = AbiDiffer.Compare(new("l", left), new AbiSide("r", right), out var omitted);
        return omitted.Count == 0 && changes == AbiDiffer.Compare(left, right);
    }, iter: 500);

    [Fact]
    public void Nothing_is_added_to_or_removed_from_a_side_that_says_nothing() => Gen.Select(ModelGen.Spec, ModelGen.Spec).Sample((left, right) =>
        AbiDiffer.Compare(new("l", left with { Target = right.Target }), new AbiSide("r", right) { Coverage = Nothing }, out _).Count == 0, iter: 500);

    [Fact]
    public void A_part_of_a_model_never_contradicts_the_whole() => Gen.Select(ModelGen.Spec, Gen.Int[0, 3]).Sample((whole, step) =>
    {
        var part = whole with
        {
            Structs = whole.Structs.Where((_, i) => i % 4 <= step).ToEquatableArray(),
            Constants = whole.Constants.Where((_, i) => i % 4 <= step).ToEquatableArray(),
            Ioctls = whole.Ioctls.Where((_, i) => i % 4 <= step).ToEquatableArray(),
            Enums = whole.Enums.Where((_, i) => i % 4 <= step).ToEquatableArray(),
        };
        var side = new AbiSide("part", part) { Coverage = OnlyNamed };
        return AbiDiffer.Compare(new("whole", whole), side, out _).Count == 0 && AbiDiffer.Compare(side, new("whole", whole), out _).Count == 0;
    }, iter: 500);
}
