using Faultline.Harness.Guest;

namespace Faultline.Harness.Tests.Guest;

public sealed class AcceleratorProbeTests
{
    [Theory]
    [InlineData("[    0.000000] Linux version 6.1.0\n[    0.900000] faultline-init: alive\n", "", true, "a guest boots in KVM")]
    [InlineData("", "qemu-system-x86_64: error: failed to set MSR 0x10a to 0x69\nAssertion failed\n", false, "QEMU fails in KVM (error: failed to set MSR 0x10a to 0x69)")]
    [InlineData("", "", false, "a guest in KVM did not print a line within 8 s, although /dev/kvm is there")]
    [InlineData("[    0.000000] Linux version 6.1.0\n", "", false, "a guest in KVM did not reach its init within 8 s")]
    public void Only_a_guest_that_reaches_its_init_counts(string log, string qemu, bool works, string reason) =>
        Assert.Equal((works, reason), AcceleratorProbe.Judge(log, qemu));

    [Fact]
    public void Deadlines_are_longer_for_an_emulated_cpu()
    {
        Assert.Equal(60, GuestRunner.SuiteDeadline(TimeSpan.FromSeconds(60), new Accelerator(AcceleratorChoice.Auto, "kvm", "")));
        Assert.Equal(240, GuestRunner.SuiteDeadline(TimeSpan.FromSeconds(60), new Accelerator(AcceleratorChoice.Auto, "tcg", "")));
    }
}
