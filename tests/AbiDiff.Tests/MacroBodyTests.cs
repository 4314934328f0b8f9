using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>Macros without a value: programs compile in what they expand to.</summary>
public sealed class MacroBodyTests
{
    [Theory]
    [InlineData("( len ) _IOC ( _IOC_READ , 'Z' , 0x06 , len )", "( len ) _IOC ( _IOC_READ , 'Z' , 0x07 , len )")]
    [InlineData("( a , b ) ( ( a << 16 ) | b )", "( a , b ) ( ( b << 16 ) | a )")]
    [InlineData("( a ) a", "( a , b ) a")]
    [InlineData("( a ) 1", "( a ) 1U")]
    public void Another_body_is_a_change(string was, string now) =>
        Assert.Equal($"macro-body-changed A: {was} -> {now}",
            Assert.Single(AbiDiffer.Compare(Lost("A", body: was), Lost("A", body: now))).ToString());

    [Theory]
    [InlineData("( len ) ( len + 0x10 )", "( size ) ( size + 16 )")]
    [InlineData("( a , b ) ( a | b )", "( b , a ) ( b | a )")]
    [InlineData("( a ) 0X1ul", "( a ) 1UL")]
    [InlineData("", "( a ) a")]
    public void Other_words_are_none(string was, string now) => Assert.Empty(AbiDiffer.Compare(Lost("A", body: was), Lost("A", body: now)));

    [Theory]
    [InlineData("unsigned int", "unsigned long")]
    [InlineData("{ 1 , 2 }", "{ 1 , 3 }")]
    public void A_type_and_an_initialiser_are_compared(string was, string now) => Assert.Equal(
        "macro-body-changed", Assert.Single(AbiDiffer.Compare(Lost("A", "not-an-expression", was), Lost("A", "not-an-expression", now)))
            .Kind.Id);

    [Fact]
    public void What_expands_to_nothing_now_is_told() => Assert.Equal(
        "macro-body-changed A: __attribute__ ( ( packed ) ) -> nothing",
        Assert.Single(AbiDiffer.Compare(Lost("A", "not-an-expression", "__attribute__ ( ( packed ) )"), Lost("A", "empty"))).ToString());

    [Fact]
    public void A_long_body_is_cut()
    {
        var was = string.Join(" + ", Enumerable.Repeat("1", 100));
        Assert.Equal(101, Assert.Single(AbiDiffer.Compare(Lost("A", body: was), Lost("A", body: was + " + 2"))).Old.Length);
    }
}
