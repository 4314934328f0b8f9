using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>Members of an enum with a macro of their name next to them, for <c>#ifdef</c>.</summary>
public sealed class DefinedEnumeratorTests
{
    private static AbiSpec Member(int value, bool defined) => Enums(new EnumSpec
    {
        Name = "e", Type = U32,
        Members = EquatableArray.Of(
            new EnumMemberSpec { Name = "Z", Value = 9 }, new EnumMemberSpec { Name = "A", Value = value, Defined = defined }),
    });

    private static AbiSpec Only(AbiSpec spec) => Enum(U32, ("Z", 9)) with { Constants = spec.Constants };

    private static string Told(AbiSpec old, AbiSpec current) => string.Join('|', AbiDiffer.Compare(old, current));

    [Fact]
    public void The_macro_comes_and_goes()
    {
        Assert.Equal("macro-added A: #define A A", Told(Member(1, defined: false), Member(1, defined: true)));
        Assert.Equal("macro-removed A: was #define A A", Told(Member(1, defined: true), Member(1, defined: false)));
        Assert.Equal("enumerator-changed A: 1 -> 2", Told(Member(1, defined: true), Member(2, defined: true)));
        Assert.Equal("enumerator-removed A: was 1", Told(Member(1, defined: true), Only(new())));
    }

    /// <summary>What the preprocessor finds goes before the member.</summary>
    [Theory]
    [InlineData("1", "became-macro A: enum e -> macro")]
    [InlineData("2", "enumerator-changed A: 1 -> 2|became-macro A: enum e -> macro")]
    public void A_macro_of_another_text_hides_the_member(string value, string told)
    {
        var hidden = Member(1, defined: false) with { Constants = Constants(Constant("A", value)).Constants };
        Assert.Equal(told, Told(Member(1, defined: true), hidden));
        Assert.Equal(told, Told(Member(1, defined: false), hidden));
    }

    /// <summary>Then every program finds what it found.</summary>
    [Fact]
    public void A_macro_that_became_a_member_with_one_is_no_break()
    {
        var macro = Only(Constants(Constant("A", "1")));
        Assert.Equal("name-moved A: macro -> enum e", Told(macro, Member(1, defined: true)));
        Assert.Equal("became-enumerator A: macro -> enum e", Told(macro, Member(1, defined: false)));
        Assert.Equal("enumerator-changed A: 1 -> 2|name-moved A: macro -> enum e", Told(macro, Member(2, defined: true)));
    }

    private static AbiSpec Request(bool isMember, bool isDefined)
    {
        var request = Ioctl("A");
        return Members(new EnumMemberSpec { Name = "Z", Value = 9 }, isMember
            ? new EnumMemberSpec { Name = "A", Value = request.Ioctls[0].Code, Defined = isDefined } : null) with
        {
            Ioctls = EquatableArray.Of(request.Ioctls[0] with { Enumerator = isMember }),
        };
    }

    private static AbiSpec Members(params EnumMemberSpec?[] members) =>
        Enums(new EnumSpec { Name = "e", Type = U32, Members = members.OfType<EnumMemberSpec>().ToEquatableArray() });

    /// <summary>A request is compared with the requests; its name is found as any other's.</summary>
    [Fact]
    public void A_request_that_became_a_member_with_a_macro_is_no_break()
    {
        var (macro, member, defined) = (Request(isMember: false, isDefined: false), Request(isMember: true, isDefined: false),
            Request(isMember: true, isDefined: true));
        Assert.Equal("became-enumerator A: macro -> enum", Told(macro, member));
        Assert.Equal("name-moved A: macro -> enum", Told(macro, defined));
        Assert.Equal("became-macro A: enum -> macro", Told(member, macro));
        Assert.Equal("became-macro A: enum -> macro", Told(defined, macro));
        Assert.Equal("macro-added A: #define A A", Told(member, defined));
        Assert.Equal("macro-removed A: was #define A A", Told(defined, member));
        Assert.Equal("", Told(defined, defined));
        Assert.Equal("ioctl-added A: 0xaa/1", Told(Enum(U32, ("Z", 9)), defined));
    }

    [Fact]
    public void A_source_without_macros_says_nothing_of_it()
    {
        AbiSide btf = new("btf", Member(1, defined: false)) { Coverage = new() { Macros = Reach.None } };
        Assert.Empty(AbiDiffer.Compare(new("header", Member(1, defined: true)), btf, out _));
    }
}
