using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>What a program sees when a function of a header comes, goes or changes.</summary>
public sealed class FunctionTests
{
    private static AbiSpec Function(string body) => Lost("f", "declaration", body);

    private static string Told(AbiSpec old, AbiSpec current) => string.Join(' ', AbiDiffer.Compare(old, current));

    [Fact]
    public void A_function_comes_and_goes()
    {
        var function = Function("u16 (u16) { return #0 ; }");
        Assert.Equal("function-added f: u16 (u16)", Told(new(), function));
        Assert.Equal("function-removed f: was u16 (u16)", Told(function, new()));
    }

    /// <summary>A call is the same text, whichever it is.</summary>
    [Fact]
    public void A_function_and_a_macro_take_each_other_s_place()
    {
        var (function, macro) = (Function("u16 (u16) { return #0 ; }"), Lost("f", body: "( x ) ( x )"));
        Assert.Equal("function-became-macro f: function -> macro", Told(function, macro));
        Assert.Equal("became-function f: macro -> function", Told(macro, function));
        Assert.Contains("function-became-macro f: ", Told(function, Constants(Constant("f", "1"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("u16 (u16)", "u16 (u16, u16)", "function-signature-changed f: u16 (u16) -> u16 (u16, u16)")]
    [InlineData("u16 (struct a *)", "u16 (struct b *)", "function-signature-changed f: u16 (struct a *) -> u16 (struct b *)")]
    [InlineData("u16 (u16)", "u16 (u16 *)", "function-signature-changed f: u16 (u16) -> u16 (u16 *)")]
    [InlineData("u16 (void (s32) *)", "u16 (void (s64) *)", "function-signature-changed f: u16 (void (s32) *) -> u16 (void (s64) *)")]
    [InlineData("u32 (u16)", "s64 (enum e)", "function-retyped f: u32 (u16) -> s64 (enum e)")]
    [InlineData("void (s8 *)", "void (const s8 *)", "function-retyped f: void (s8 *) -> void (const s8 *)")]
    [InlineData("void (u32 *)", "void (s32 *)", "function-retyped f: void (u32 *) -> void (s32 *)")]
    [InlineData("u32 () { return 10 ; }", "u32 () { return 11 ; }", "function-body-changed f: { return 10 ; } -> { return 11 ; }")]
    [InlineData("u32 () { return 10 ; }", "u32 () { return 0xa ; }", "")]
    [InlineData("u32 () { return 10 ; }", "u32 ()", "function-body-removed f: was { return 10 ; }")]
    [InlineData("u32 () { ... }", "u32 ()", "")]
    [InlineData("u32 () { ... }", "u32 () { return 10 ; }", "")]
    [InlineData("u32 () { return 10 ; }", "u32 () { ... }", "")]
    [InlineData("u32 ()", "u32 () { return 10 ; }", "")]
    [InlineData("u32 (u16) { return 10 ; }", "u32 (u64)",
        "function-body-removed f: was { return 10 ; } function-retyped f: u32 (u16) -> u32 (u64)")]
    [InlineData("", "u32 ()", "")]
    [InlineData("u32 ()", "", "")]
    public void What_it_takes_and_gives_and_does_is_told(string old, string current, string told) =>
        Assert.Equal(told, Told(Function(old), Function(current)));

    [Fact]
    public void One_that_an_included_header_has_is_not_removed()
    {
        var function = Function("u16 (u16) { return #0 ; }");
        AbiSide side = new("new", new() { Header = "a.h" }) { Elsewhere = function with { Header = "b.h" } };
        Assert.Equal("name-moved", Assert.Single(AbiDiffer.Compare(new("old", function), side, out _)).Kind.Id);
    }
}
