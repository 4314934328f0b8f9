namespace Faultline.Cli.Tests;

public class SlowMachineTests
{
    [Theory]
    [InlineData("431", "base took 431 s to compile here, more than 430: run this test alone")]
    [InlineData("430", null)]
    [InlineData("0", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_a_machine_that_is_known_to_be_slow_leaves_a_test_out(string? taken, string? reason) =>
        Assert.Equal(reason, SlowMachine.Reason(taken));
}
