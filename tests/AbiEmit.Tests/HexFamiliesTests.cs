using Faultline.AbiModel;

namespace Faultline.AbiEmit.Tests;

/// <summary>Which hexadecimal constants are flags.</summary>
public sealed class HexFamiliesTests
{
    private static AbiSpec Grouped(params (string Name, ulong Value)[] constants) =>
        HexFamilies.Grouped(Macros.Model("sample.h", [.. constants.Select(constant => Macros.Hex(constant.Name, constant.Value))]));

    [Fact]
    public void Bits_that_share_a_beginning_are_flags()
    {
        var spec = Grouped(("CLONE_VM", 0x100), ("CLONE_FS", 0x200), ("CLONE_FILES", 0x400), ("CLONE_NEWNS", 0x20000), ("OTHER", 0x1000));
        var group = Assert.Single(spec.Flags);
        Assert.Equal(("CLONE", "u32"), (group.Name, group.Type.ToString()));
        Assert.Equal(["CLONE_VM", "CLONE_FS", "CLONE_FILES", "CLONE_NEWNS"], group.Members.Select(member => member.Name));
        Assert.Equal(["OTHER"], spec.Constants.Select(constant => constant.Name));
    }

    [Fact]
    public void Family_inside_a_larger_beginning()
    {
        var spec = Grouped(("V_CAP_A", 1), ("V_CAP_B", 2), ("V_CAP_C", 4), ("V_MAP_A", 1), ("V_MAP_B", 2), ("V_MAP_C", 4));
        Assert.Equal(["V_CAP", "V_MAP"], spec.Flags.Select(group => group.Name));
    }

    /// <summary>A mask of members is no member, and does not keep the others from being flags.</summary>
    [Fact]
    public void Combination_of_members_stays_a_constant()
    {
        var spec = Grouped(("E_IN", 1), ("E_PRI", 2), ("E_OUT", 4), ("E_ALL", 7));
        Assert.Equal(3, Assert.Single(spec.Flags).Members.Count);
        Assert.Equal("E_ALL", Assert.Single(spec.Constants).Name);
    }

    [Theory]
    [InlineData(0x1000, 0x4000, 0x10000)] // sizes
    [InlineData(1, 2, 2)] // two names of one bit
    [InlineData(1, 2, 0x13)] // too few
    public void Other_numbers_are_not(ulong first, ulong second, ulong third) =>
        Assert.Empty(Grouped(("X_A", first), ("X_B", second), ("X_C", third)).Flags);

    [Fact]
    public void Number_with_a_foreign_bit_makes_it_no_family() =>
        Assert.Empty(Grouped(("X_A", 1), ("X_B", 2), ("X_C", 4), ("X_MAGIC", 0x5858)).Flags);

    [Fact]
    public void Decimal_numbers_count_for_nothing()
    {
        var spec = Macros.Model("sample.h", Macros.Constant("X_A", "1", 1), Macros.Constant("X_B", "2", 2), Macros.Constant("X_C", "4", 4));
        Assert.Empty(HexFamilies.Grouped(spec).Flags);
    }
}
