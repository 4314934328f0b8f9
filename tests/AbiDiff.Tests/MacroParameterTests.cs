using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>A macro that takes other arguments: whether each call of before is one still, and comes to the same.</summary>
public sealed class MacroParameterTests
{
    private const string Changed = "macro-parameters-changed", Widened = "macro-parameters-widened", Other = "macro-body-changed";

    [Theory]
    [InlineData("( fmt , a ) f ( fmt , a )", "( fmt , a ... ) f ( fmt , a )", Widened)]
    [InlineData("( fmt , a ) f ( fmt , a )", "( fmt , a ... ) f ( fmt , ## a )", Widened)]
    [InlineData("( fmt ) f ( fmt )", "( fmt , a ... ) f ( fmt , ## a )", Widened)]
    [InlineData("( fmt ) f ( fmt )", "( fmt , ... ) f ( fmt __VA_OPT__ ( , ) __VA_ARGS__ )", Widened)]
    [InlineData("( fmt ) f ( fmt )", "( fmt , a ... ) f ( fmt , a )", Changed)]
    [InlineData("( fmt , a ) f ( fmt , a )", "( fmt , a , b ... ) f ( fmt , a , b )", Changed)]
    [InlineData("( fmt , a ) f ( fmt , a )", "( fmt , a , b ... ) f ( fmt , a , ## b )", Widened)]
    [InlineData("( fmt , a ) f ( fmt , a )", "( fmt , a , b ... ) f ( b , fmt , a )", Changed)]
    [InlineData("( fmt , a ) f ( fmt , a )", "( fmt , a , b ... ) f ( fmt , b , a )", Changed)]
    [InlineData("( fmt , a ) f ( fmt , a )", "( fmt , a , b ... ) g ( fmt , a ) ; h ( b )", Other)]
    [InlineData("( fmt , a ... ) f ( fmt , a )", "( fmt , a ... ) g ( fmt , a )", Other)]
    [InlineData("( fmt , ... ) f ( fmt , __VA_ARGS__ )", "( ... ) g ( 0 , __VA_ARGS__ )", Other)]
    [InlineData("( fmt , ... ) f ( fmt , __VA_ARGS__ )", "( ... ) f ( __VA_ARGS__ )", Other)]
    [InlineData("( fmt , ... ) f ( fmt , ## __VA_ARGS__ )", "( ... ) f ( __VA_ARGS__ )", Widened)]
    [InlineData("( a , b ) f ( b , a )", "( ... ) f ( __VA_ARGS__ )", Other)]
    [InlineData("( a , b ) f ( a )", "( ... ) f ( __VA_ARGS__ )", Other)]
    [InlineData("( a , b ) f ( # a )", "( ... ) f ( # __VA_ARGS__ )", Other)]
    [InlineData("( ) f", "( a ) f", Widened)]
    [InlineData("( ) f ( )", "( ... ) f ( __VA_ARGS__ )", Widened)]
    [InlineData("( ) f", "( a ) g", Other)]
    [InlineData("( a ) f", "( ) f", Changed)]
    [InlineData("( a ) a", "( a , b ) a", Changed)]
    [InlineData("( a , b ) a", "( a ) a", Changed)]
    [InlineData("( fmt , a ... ) f ( fmt , a )", "( fmt , a ) f ( fmt , a )", Changed)]
    [InlineData("( fmt , a ... ) f ( fmt , a )", "( fmt , b , a ... ) f ( fmt , b , a )", Changed)]
    [InlineData("( a , b ) f ( a , b )", "( a , b , c ... ) f ( a , b , ## c )", Widened)]
    public void Calls_of_before_are_held_against_the_new_form(string was, string now, string kind) =>
        Assert.Equal(kind, Told(Lost("A", body: was), Lost("A", body: now)));

    /// <summary>
    /// Samples of a macro that takes any number tell those calls alone. What it makes of further arguments its text tells.
    /// </summary>
    [Theory]
    [InlineData("( x ) ( ( x ) + 1 )", "0=s32:1", "( x , ... ) ( ( x ) + 2 )", "0=s32:2", "macro-value-changed")]
    [InlineData("( ... ) 3", "=s32:3", "( ... ) 4", "=s32:4", "macro-value-changed")]
    [InlineData("( x ) ( x )", "0=s32:0", "( x , ... ) ( x )", "0=s32:0", Widened)]
    [InlineData("( x , ... ) ( x )", "0=s32:0", "( x , ... ) ( x __VA_OPT__ ( + 1 ) )", "0=s32:0", Other)]
    [InlineData("( x , ... ) ( x )", "0=s32:0", "( x ) ( x )", "0=s32:0", Changed)]
    public void Samples_of_a_macro_that_takes_any_number(string was, string sample, string now, string sampleNow, string kind) =>
        Assert.Equal(kind, Told(Lost("A", body: was, samples: sample), Lost("A", body: now, samples: sampleNow)));

    /// <summary>A name that stands for a function takes any arguments; a call's own name stands for nothing.</summary>
    [Theory]
    [InlineData("( a , b ) f ( a , b )", "f", Widened)]
    [InlineData("( a , b ) f ( b , a )", "f", Changed)]
    public void A_macro_that_takes_arguments_becomes_a_name(string was, string now, string kind)
    {
        Assert.Equal(kind, Told(Lost("A", body: was), Lost("A", "not-constant", now)));
        Assert.Equal(Changed, Told(Lost("A", "not-constant", now), Lost("A", body: was)));
    }

    /// <summary>Whatever it came to: a call of a value does not compile. A macro of another form was called by nobody.</summary>
    [Theory]
    [InlineData("function-like", "( a ) ( ( a ) + 1 )", "5", "macro-became-constant")]
    [InlineData("function-like", "( ) 5", "5", "macro-became-constant")]
    [InlineData("function-like", "", "5", "macro-became-constant")]
    [InlineData("empty", "", "5", "constant-became-resolvable")]
    [InlineData("not-constant", "f ( 1 )", "5", "constant-became-resolvable")]
    [InlineData("not-an-expression", "unsigned int", "5", "constant-became-resolvable")]
    public void A_macro_becomes_a_value(string form, string was, string value, string kind)
    {
        Assert.Equal(kind, Told(Lost("A", form, was), Build.Constants(Constant("A", value))));
        Assert.Equal("constant-became-unresolvable", Told(Build.Constants(Constant("A", value)), Lost("A", form, was)));
    }

    [Fact]
    public void Parameters_and_brackets_of_the_same_text_are_told_apart()
    {
        var (macro, text) = (Lost("A", body: "( a ) ( a )"), Lost("A", "not-an-expression", "( a ) ( a )"));
        Assert.Equal("macro-parameters-changed A: #define A( a ) ( a ) -> #define A ( a ) ( a )",
            Assert.Single(AbiDiffer.Compare(macro, text)).ToString());
        Assert.Equal("macro-parameters-changed A: #define A ( a ) ( a ) -> #define A( a ) ( a )",
            Assert.Single(AbiDiffer.Compare(text, macro)).ToString());
    }

    private static string Told(AbiModel.AbiSpec old, AbiModel.AbiSpec current) =>
        string.Join(' ', AbiDiffer.Compare(old, current).Select(change => change.Kind.Id));
}
