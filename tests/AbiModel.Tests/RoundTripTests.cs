using CsCheck;

namespace Faultline.AbiModel.Tests;

/// <summary>Laws of the format: what is written reads back equal, in one text for one model.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void Model_survives_its_file() => ModelGen.Spec.Sample(spec => AbiFile.Parse(AbiFile.Format(spec)) == spec, iter: 2000);

    /// <summary>Wherever a record without a name may stand, and what qualifies one of a typedef.</summary>
    [Fact]
    public void Records_without_a_name_survive_their_file()
    {
        static EquatableArray<StructSpec> Unnamed(params FieldSpec[] fields) =>
            EquatableArray.Of(new StructSpec { Size = 8, Align = 8, Fields = EquatableArray.Of(fields) });
        var inner = new FieldSpec { Name = "b", CType = "struct {...} *", Type = TypeRef.Pointer, Size = 8, Full = "struct {...} *",
            Unnamed = Unnamed() };
        var spec = new AbiSpec
        {
            Header = "x.h", Target = "t", PointerSize = 8,
            Structs = EquatableArray.Of(new StructSpec { Name = "s", Tagged = false, Size = 8, Align = 8, Qualifiers = "const volatile",
                Fields = EquatableArray.Of(inner with { Name = "a", Unnamed = Unnamed(inner) }) }),
            Enums = EquatableArray.Of(new EnumSpec { Name = "e", Tagged = false, Qualifiers = "const" }),
            Typedefs = EquatableArray.Of(new TypedefSpec { Name = "p", CType = "struct {...} *", Type = TypeRef.Pointer, Size = 8,
                Full = "struct {...} *", Unnamed = Unnamed(inner) }),
            Unresolved = EquatableArray.Of(new UnresolvedSpec { Name = "typedef t", Kind = "declaration", Reason = "why", At = "x.h:1",
                Full = "struct {...}[4]", Unnamed = Unnamed(inner) }),
        };
        Assert.Equal(spec, AbiFile.Parse(AbiFile.Format(spec)));
    }

    [Fact]
    public void Samples_survive_their_text() => ModelGen.Samples.Sample(samples =>
        MacroSample.TryParse(MacroSample.Format(samples), out var read) && read == samples, iter: 1000);

    /// <summary>Whatever is read is written back as it was: no text is taken for another's.</summary>
    [Fact]
    public void A_text_that_is_read_as_samples_is_their_text() =>
        Gen.Char["0123456789,=:us-x "].Array[0, 24].Select(characters => new string(characters)).Sample(
            text => !MacroSample.TryParse(text, out var read) || MacroSample.Format(read) == text, iter: 20_000);

    [Theory]
    [InlineData("1")]
    [InlineData("1=5")]
    [InlineData("1=u32:")]
    [InlineData("1=u32:05")]
    [InlineData("1=ptr:5")]
    [InlineData("1=u32[2]:5")]
    [InlineData("a=u32:5")]
    [InlineData("1=u32:5 1=u32:6")]
    [InlineData("1=u32:5  2=u32:6")]
    [InlineData("1:5=u32")]
    public void What_is_no_text_of_samples_is_refused(string text) => Assert.False(MacroSample.TryParse(text, out _));

    [Fact]
    public void Order_of_the_lists_does_not_reach_the_file() => ModelGen.Spec.Sample(spec =>
        AbiFile.Format(spec with
        {
            Structs = spec.Structs.Reverse().ToEquatableArray(),
            Constants = spec.Constants.Reverse().ToEquatableArray(),
            Flags = spec.Flags.Reverse().Select(group => group with { Members = group.Members.Reverse().ToEquatableArray() }).ToEquatableArray(),
            Ioctls = spec.Ioctls.Reverse().ToEquatableArray(),
        }) == AbiFile.Format(spec), iter: 500);

    [Fact]
    public void Equal_models_have_equal_hashes() => ModelGen.Spec.Sample(spec => AbiFile.Parse(AbiFile.Format(spec)).GetHashCode() == spec.GetHashCode(), iter: 500);

    [Fact]
    public void Every_field_constant_and_ioctl_has_a_line_of_its_own() => ModelGen.Spec.Sample(spec =>
    {
        var lines = AbiFile.Format(spec).Split('\n');
        foreach (var name in spec.Constants.Select(constant => constant.Name).Concat(spec.Ioctls.Select(ioctl => ioctl.Name)))
            Assert.Single(lines, line => line.TrimStart().StartsWith($"{{\"name\": \"{name}\", ", StringComparison.Ordinal) && line.TrimEnd(',').EndsWith('}'));
        Assert.Equal(spec.Structs.Sum(record => record.Fields.Count), lines.Count(line => line.StartsWith("      {", StringComparison.Ordinal) && line.Contains("\"offset\"", StringComparison.Ordinal)));
    }, iter: 200);

    [Theory]
    [InlineData("u64")]
    [InlineData("struct x")]
    [InlineData("typedef enum y_t")]
    [InlineData("u8[16]")]
    [InlineData("u32[4][2]")]
    [InlineData("struct x[]")]
    [InlineData("s16[][3]")]
    [InlineData("u32[0]")]
    [InlineData("opaque16")]
    [InlineData("inline[2]")]
    public void Type_survives_its_text(string text)
    {
        Assert.True(TypeRef.TryParse(text, out var type));
        Assert.Equal(text, type.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("u7")]
    [InlineData("struct")]
    [InlineData("struct 1x")]
    [InlineData("u8[")]
    [InlineData("u8[x]")]
    [InlineData("u8[3][]")]
    [InlineData("u8[99999999999999999999]")]
    [InlineData("opaque")]
    public void What_is_no_type_is_refused(string text) => Assert.False(TypeRef.TryParse(text, out _));
}
