using Faultline.Harness.Guest;
using Faultline.Harness.Judging;

namespace Faultline.Harness.Tests.Guest;

public sealed class SuiteRequestTests
{
    private static readonly SuiteRequest Plain = new() { Kernel = "base", Payload = "", Profile = "" };

    [Fact]
    public void A_plain_kernels_run_is_where_it_always_was()
    {
        Assert.Equal(("base", "base"), (Plain.Run, Plain.Owner));
        var control = Plain with { Expectation = Expectation.MustFail("mine") };
        Assert.Equal(("base.control-mine", "base.control-mine"), (control.Run, control.Owner));
    }

    /// <summary>Its logs are kept apart, and a report, which holds one kernel of a name, shows them under that name.</summary>
    [Fact]
    public void The_run_of_another_kernel_of_that_name_is_elsewhere()
    {
        var debug = Plain with { Id = "base.debug-1a2b3c4d" };
        Assert.Equal(("base.debug-1a2b3c4d", "base"), (debug.Run, debug.Owner));
        var control = debug with { Expectation = Expectation.MustFail("mine") };
        Assert.Equal(("base.debug-1a2b3c4d.control-mine", "base.control-mine"), (control.Run, control.Owner));
    }
}
