using Faultline.Harness.Guest;

namespace Faultline.Harness.Tests.Guest;

public sealed class AcceleratorProbeTests
{
    [Theory]
    [InlineData(true, "[    0.000000] Linux version 6.1.0\n", "", true, "a guest boots in KVM")]
    [InlineData(false, "", "qemu-system-x86_64: error: failed to set MSR 0x10a to 0x69\nAssertion failed\n", false, "QEMU fails in KVM (error: failed to set MSR 0x10a to 0x69)")]
    [InlineData(false, "", "", false, "a guest in KVM did not print a line within 8 s, although /dev/kvm is there")]
    [InlineData(false, "[    0.000000] Linux version 6.1.0\n", "", false, "a guest in KVM did not reach its init within 8 s")]
    [InlineData(false, "[    0.000000] Linux version 6.1.0\n[    0.900000] faultline-init: alive\n", "", false, "a guest in KVM did not reach its init within 8 s")]
    public void Only_a_guest_whose_first_program_speaks_counts_whatever_its_kernel_log_says(bool alive, string log, string qemu, bool works, string reason) =>
        Assert.Equal(new ProbeAnswer(works, reason), AcceleratorProbe.Judge(alive, log, qemu));
}
