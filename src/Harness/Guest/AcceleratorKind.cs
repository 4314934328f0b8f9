namespace Faultline.Harness.Guest;

/// <summary>What executes a kernel under test.</summary>
internal enum AcceleratorKind
{
    /// <summary>The processor, in a guest.</summary>
    Kvm,

    /// <summary>QEMU emulates the processor.</summary>
    Tcg,

    /// <summary>The processor, without a guest: this machine's own kernel.</summary>
    Host,
}
