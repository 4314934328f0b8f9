using System.Globalization;
using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>Numbers that a name kept free, and masks of what is free.</summary>
public sealed class ReservedNumberTests
{
    private static AbiSpec Macros(string macros) => Constants([.. macros.Split(' ').Select(macro => macro.Split('='))
        .Select(parts => Constant(parts[0], parts[1]))]);

    private static AbiSpec Members(string members) => Enum(U32, [.. members.Split(' ').Select(member => member.Split('='))
        .Select(parts => (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)))]);

    private static string Drift(AbiSpec old, AbiSpec current) =>
        string.Join("; ", AbiDiffer.Compare(old, current).Select(change => change.ToString()));

    [Theory]
    [InlineData("X_A=0 X_RESERVED=1 X_C=2", "X_A=0 X_PMSR=1 X_C=2", "enum e = 1: X_RESERVED -> X_PMSR")]
    [InlineData("X_A=0 X_UNUSED3=1 X_C=2", "X_A=0 X_PMSR=1 X_C=2", "enum e = 1: X_UNUSED3 -> X_PMSR")]
    [InlineData("X_A=0 X_RSVD_0=1 X_C=2", "X_A=0 X_PMSR=1 X_C=2", "enum e = 1: X_RSVD_0 -> X_PMSR")]
    [InlineData("x_a=0 x_spare=1 x_c=2", "x_a=0 x_pmsr=1 x_c=2", "enum e = 1: x_spare -> x_pmsr")]
    public void A_value_of_an_enum_that_a_name_kept_free_is_put_to_use(string old, string current, string told) =>
        Assert.Equal("reserved-number-used " + told, Drift(Members(old), Members(current)));

    [Theory]
    [InlineData("X_IOC_RESERVED_5=5 X_IOC_A=6", "X_IOC_B=5 X_IOC_A=6", "X_IOC_RESERVED_5: X_IOC_RESERVED_5 -> X_IOC_B")]
    [InlineData("MS_RESERVED2=32 MS_RDONLY=1", "MS_LAZY=32 MS_RDONLY=1", "MS_RESERVED2: MS_RESERVED2 -> MS_LAZY")]
    [InlineData("X_F_A=1 X_F_RESERVED=2", "X_F_A=1 X_F_ERASE=2", "X_F 2: X_F_RESERVED -> X_F_ERASE")]
    public void A_number_that_a_name_kept_free_is_put_to_use(string old, string current, string told) =>
        Assert.Equal("reserved-number-used " + told, Drift(Macros(old), Macros(current)));

    [Fact]
    public void So_is_a_request() => Assert.Equal("reserved-number-used ioctl 0xaa/1: X_RESERVED1 -> X_ERASE",
        Drift(Ioctl("X_RESERVED1"), Ioctl("X_ERASE")));

    [Theory]
    [InlineData("X_A=0 X_RESERVED_SPACE=1", "X_A=0 X_PMSR=1")] // the space that is reserved, and no free number
    [InlineData("X_A=0 X_PMSR=1", "X_A=0 X_RESERVED=1")] // the way back takes a name away
    [InlineData("X_A=0 X_UNUSED=1 X_C=2", "X_A=0 X_C=2")]
    [InlineData("X_A=0 X_PAD=1 X_C=2", "X_A=0 X_ERASE=1 X_C=2")] // a kernel sends a PAD attribute
    public void Any_other_name_that_is_gone_breaks(string old, string current) =>
        Assert.Contains(AbiDiffer.Compare(Members(old), Members(current)), change => change.Kind.Severity == Severity.Breaking);

    [Theory]
    [InlineData("X_IOC_RESERVED_5=5", "Y_IOC_B=5")]
    [InlineData("X_IOC_RESERVED_5=5", "X_IOC_B=6")]
    [InlineData("X_IOC_RESERVED=5", "X_IOC_B=5 X_IOC_C=5")]
    public void A_free_number_is_used_by_one_name_that_begins_as_it_does(string old, string current) =>
        Assert.Contains("constant-removed", Drift(Macros(old), Macros(current)), StringComparison.Ordinal);

    [Theory]
    [InlineData("__X_UNKNOWN_FLAGS", "(-(X_B << 1))")]
    [InlineData("X_INVALID_FLAGS", "(~(X_A | X_B))")]
    [InlineData("X_RESERVED_MASK", "~3")]
    [InlineData("X_RESERVED", "(~(X_A | X_B))")]
    public void A_mask_of_what_no_flag_has_shrinks_when_one_is_added(string name, string expression)
    {
        AbiSpec Mask(string value) => Constants(Constant(name, value, expression: expression));
        Assert.Equal($"reserved-bits-changed {name}: 0xfffffffc -> 0xfffffff8", Drift(Mask("4294967292"), Mask("4294967288")));
    }

    [Theory]
    [InlineData("X_UNKNOWN")]
    [InlineData("X_INVALID")]
    [InlineData("UNKNOWN_FLAGS_X")]
    public void A_number_that_is_called_unknown_is_one_like_others(string name) => Assert.Equal($"constant-changed {name}: 1 -> 2",
        Drift(Constants(Constant(name, "1")), Constants(Constant(name, "2"))));
}
