using Faultline.AbiModel;

namespace Faultline.AbiEmit.Tests;

/// <summary>Requests that macros make of their arguments.</summary>
public sealed class RequestFormulaTests
{
    private static (string, uint) Of(uint value, params uint[] arguments) => (string.Join(',', arguments), value);

    [Fact]
    public void Length_of_what_is_asked_for()
    {
        var formula = RequestFormula.Of(Macros.Request("NAME", "( len ) _IOC ( _IOC_READ , 'E' , 0x06 , len )",
            Of(0x80004506, 0), Of(0x80014506, 1), Of(0x80054506, 5), Of(unchecked(0x80004506 + (0x1234u << 16)), 0x1234)))!;
        Assert.Equal((0x80004506u, 0x10000u, ""), (formula.Base, formula.Factors.Single(), formula.ArgumentId));
        Assert.Equal(["len"], formula.Parameters);
    }

    /// <summary>They tell other macros apart; a request has no room for them.</summary>
    [Fact]
    public void Wide_arguments_are_passed_over()
    {
        UnresolvedSpec Request(string wide) => Macros.Request("NAME", "( len ) _IOC ( _IOC_READ , 'E' , 0x06 , len )",
            Of(0x80004506, 0), Of(0x80014506, 1), Of(0x80054506, 5), Of(unchecked(0x80004506 + (0x1234u << 16)), 0x1234), (wide, 7));
        Assert.Equal(0x10000u, RequestFormula.Of(Request("305419896"))!.Factors.Single());
        Assert.Equal(0x10000u, RequestFormula.Of(Request("18446744073709551615"))!.Factors.Single());
    }

    [Fact]
    public void Two_arguments()
    {
        uint Value(uint ev, uint len) => unchecked(0x80004520 + ev + (len << 16));
        var formula = RequestFormula.Of(Macros.Request("BIT", "( ev , len ) _IOC ( _IOC_READ , 'E' , 0x20 + ( ev ) , len )",
            Of(Value(0, 0), 0, 0), Of(Value(1, 2), 1, 2), Of(Value(5, 11), 5, 11), Of(Value(0x1234, 0x2345), 0x1234, 0x2345)))!;
        Assert.Equal([1u, 0x10000u], formula.Factors);
    }

    [Fact]
    public void Record_that_the_argument_points_to()
    {
        uint Value(uint n) => 0x80184540 + n;
        var formula = RequestFormula.Of(Macros.Request("ABS", "( abs ) _IOR ( 'E' , 0x40 + ( abs ) , struct input_absinfo )",
            Of(Value(0), 0), Of(Value(1), 1), Of(Value(5), 5), Of(Value(0x1234), 0x1234)))!;
        Assert.Equal("struct input_absinfo", formula.ArgumentId);
    }

    /// <summary>The largest sample spills over the letter, where the kernel joins bits and adds nothing.</summary>
    [Theory]
    [InlineData('K')]
    [InlineData('V')]
    [InlineData('U')]
    [InlineData('T')]
    [InlineData('B')]
    [InlineData('E')]
    public void Letters_that_share_bits_with_the_largest_sample(char letter)
    {
        uint Value(uint n) => ((uint)letter << 8) | (0x20 + n);
        var formula = RequestFormula.Of(Macros.Request("M", $"( n ) _IO ( '{letter}' , 0x20 + ( n ) )",
            Of(Value(0), 0), Of(Value(1), 1), Of(Value(5), 5), Of(Value(0x1234), 0x1234)))!;
        Assert.Equal((((uint)letter << 8) | 0x20, 1u), (formula.Base, formula.Factors.Single()));
    }

    [Theory]
    [InlineData("( n ) _IO ( 'E' , ( n ) & 3 )", 0, 1, 1, 0)] // no sum
    [InlineData("( n ) ( ( n ) + 1 )", 1, 2, 6, 0x1235)] // no request
    [InlineData("( n ) sizeof ( n )", 4, 4, 4, 4)]
    [InlineData("( type ) _IOR ( '!' , 1 , type )", 0x80042101, 0x80042101, 0x80042101, 0x80042101)] // a type, and no number
    public void Other_macros_have_none(string body, uint zero, uint one, uint five, uint large) =>
        Assert.Null(RequestFormula.Of(Macros.Request("M", body, Of(zero, 0), Of(one, 1), Of(five, 5), Of(large, 0x1234))));

    [Fact]
    public void Macro_nobody_asked_about_has_none() => Assert.Null(RequestFormula.Of(Macros.Request("M", "( n ) _IO ( 'E' , n )")));
}
