using Faultline.AbiTests.Runner;

namespace Faultline.AbiTests.Tests;

/// <summary>What a test needs of the machine, by what its profile expects.</summary>
public class RequirementsTests
{
    [Theory]
    [InlineData("Z", true)]
    [InlineData("Zw", true)]
    [InlineData("Hw", true)]
    [InlineData("M*100 Zw*1 M*411", true)]
    [InlineData("Zw*612 A*1", true)]
    [InlineData("ok, none, Zw", true)]
    [InlineData("A,Z", true)]
    [InlineData("M*100 Aw*1 M*411", false)]
    [InlineData("UFFDIO_ZEROPAGE", false)]
    [InlineData("zeros", false)]
    [InlineData("HOLE", false)]
    [InlineData("wp|write", false)]
    [InlineData("", false)]
    public void A_value_that_lists_a_page_of_zeros_needs_a_kernel_that_maps_it(string value, bool needed) =>
        Assert.Equal(needed, Requirements.NamesTheZeroPage(value));
}
