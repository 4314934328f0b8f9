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
    [InlineData("( fmt ) f ( fmt )", "( fmt , a ... ) f ( fmt , a )", Other)]
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

    private static string Told(AbiModel.AbiSpec old, AbiModel.AbiSpec current) =>
        string.Join(' ', AbiDiffer.Compare(old, current).Select(change => change.Kind.Id));
}
