using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>Macros without a value: programs compile in what they expand to.</summary>
public sealed class MacroBodyTests
{
    [Theory]
    [InlineData("( len ) _IOC ( _IOC_READ , 'Z' , 0x06 , len )", "( len ) _IOC ( _IOC_READ , 'Z' , 0x07 , len )")]
    [InlineData("( a , b ) ( ( a << 16 ) | b )", "( a , b ) ( ( b << 16 ) | a )")]
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

    /// <summary>What the macro names may have changed: its own body says nothing of that.</summary>
    [Theory]
    [InlineData("( len ) _IOC ( 2 , MAGIC , 6 , len )", "0=u32:0 1=u32:1", "0=u32:0 1=u32:65537", "A(1) = 1 -> A(1) = 0x10001")]
    [InlineData("( a , b ) ( a << b )", "1,2=s32:4", "1,2=s32:2", "A(1, 2) = 4 -> A(1, 2) = 2")]
    [InlineData("( v ) ( v >> N )", "305419896=s32:4660", "305419896=s32:291", "A(0x12345678) = 0x1234 -> A(0x12345678) = 0x123")]
    [InlineData("( v ) ( v & M )", "4294967295=s64:1048575", "4294967295=s64:65535", "A(0xffffffff) = 0xfffff -> A(0xffffffff) = 0xffff")]
    [InlineData("( v ) ( v / N )", "4294967295=s64:4294", "4294967295=s64:2147", "A(0xffffffff) = 0x10c6 -> A(0xffffffff) = 0x863")]
    [InlineData("( v ) v", "4294967295=s32:-1", "4294967295=s64:1", "A(0xffffffff) = -1 -> A(0xffffffff) = 1")]
    [InlineData("( ) X", "=s32:-2", "=s32:-1", "A() = -2 -> A() = -1")]
    public void Another_value_is_told_whatever_the_body(string body, string was, string now, string told) => Assert.Equal(
        $"macro-value-changed A: {told}",
        Assert.Single(AbiDiffer.Compare(Lost("A", body: body, samples: was), Lost("A", body: body, samples: now))).ToString());

    [Theory]
    [InlineData("1=s32:1 2=s32:2", "1=s32:1 2=s32:2", "macro-rewritten")]
    [InlineData("1=s32:1", "1=s64:1", "macro-body-changed")]
    [InlineData("1=s32:1", "1=s32:1 2=s32:2", "macro-body-changed")]
    [InlineData("1=s32:1", "", "macro-body-changed")]
    [InlineData("1=s32:-2147483648", "1=u32:2147483648", "macro-body-changed")]
    public void Another_body_is_compatible_where_every_sample_and_type_is_the_same(string was, string now, string kind) =>
        Assert.Equal(kind, OfAnotherBody(was, now));

    /// <summary>A narrower type leaves less of a wide argument; that it is narrower is told already.</summary>
    [Theory]
    [InlineData("8589934591=s64:8589934591", "8589934591=u32:4294967295", "macro-body-changed")]
    [InlineData("8589934591=s64:8589934591", "8589934591=u64:4294967295", "macro-value-changed")]
    [InlineData("5=s64:5", "5=u32:4", "macro-value-changed")]
    [InlineData("9=s64:-1", "9=u64:18446744073709551615", "macro-body-changed")]
    public void A_wide_argument_of_a_narrow_macro_is_cut(string was, string now, string kind) =>
        Assert.Equal(kind, OfAnotherBody(was, now));

    private static string OfAnotherBody(string was, string now) => Assert.Single(AbiDiffer.Compare(
        Lost("A", body: "( a ) a", samples: was), Lost("A", body: "( a ) ( a )", samples: now))).Kind.Id;

    /// <summary>What is compared with may lie between two samples.</summary>
    [Theory]
    [InlineData("( v ) ( v >= ( 4 << 16 ) )", "( v ) ( v >= ( 4U << 16 ) )", "macro-rewritten")]
    [InlineData("( v ) ( v >= ( 4 << 16 ) )", "( v ) ( v >= ( 5 << 16 ) )", "macro-body-changed")]
    [InlineData("( v ) ( v >= FOUR )", "( v ) ( v >= FIVE )", "macro-body-changed")]
    [InlineData("( v ) ( v + FOUR )", "( v ) ( v + 4 )", "macro-rewritten")]
    public void A_comparison_is_the_same_where_its_operands_are(string was, string now, string kind) => Assert.Equal(
        kind, Assert.Single(AbiDiffer.Compare(Lost("A", body: was, samples: "1=s32:0"), Lost("A", body: now, samples: "1=s32:0"))).Kind.Id);

    [Fact]
    public void Another_number_of_parameters_stops_programs_from_compiling() => Assert.Equal(
        "macro-parameters-changed A: ( a ) a -> ( a , b ) a",
        Assert.Single(AbiDiffer.Compare(Lost("A", body: "( a ) a"), Lost("A", body: "( a , b ) a"))).ToString());

    [Fact]
    public void A_long_body_is_cut()
    {
        var was = string.Join(" + ", Enumerable.Repeat("1", 100));
        Assert.Equal(101, Assert.Single(AbiDiffer.Compare(Lost("A", body: was), Lost("A", body: "2 + " + was))).Old.Length);
    }

    /// <summary>What a macro calls its arguments, any number of them too, no program sees.</summary>
    [Theory]
    [InlineData("( fmt , args ... ) f ( fmt , ## args )", "( f2 , more ... ) f ( f2 , ## more )", "")]
    [InlineData("( fmt , args ... ) f ( fmt , ## args )", "( fmt , ... ) f ( fmt , ## __VA_ARGS__ )", "")]
    [InlineData("( ... ) f ( __VA_ARGS__ )", "( args ... ) f ( args )", "")]
    [InlineData("( fmt , args ... ) f ( fmt , ## args )", "( fmt , args ... ) f ( fmt )", "macro-body-changed")]
    public void Parameters_have_no_names(string was, string now, string kind) => Assert.Equal(
        kind, string.Join(' ', AbiDiffer.Compare(Lost("A", body: was), Lost("A", body: now)).Select(change => change.Kind.Id)));

    /// <summary>Two texts that are cut at the same place say nothing.</summary>
    [Fact]
    public void Long_bodies_are_shown_where_they_differ()
    {
        var alike = string.Join(' ', Enumerable.Range(0, 60).Select(number => $"x{number} +"));
        var change = Assert.Single(AbiDiffer.Compare(
            Lost("A", "not-an-expression", $"{alike} first ;"), Lost("A", "not-an-expression", $"{alike} second ;")));
        Assert.Equal(("… x55 + x56 + x57 + x58 + x59 + first ;", "… x55 + x56 + x57 + x58 + x59 + second ;"),
            (change.Old, change.New));
        Assert.StartsWith("x0 + x1", Assert.Single(AbiDiffer.Compare(
            Lost("A", "not-an-expression", $"{alike} first ;"), Lost("A", "not-an-expression", "x0 - 1"))).Old, StringComparison.Ordinal);
    }
}
