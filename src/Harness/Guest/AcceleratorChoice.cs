namespace Faultline.Harness.Guest;

/// <summary>Which accelerator was asked for.</summary>
internal enum AcceleratorChoice
{
    /// <summary>KVM when a guest boots in it, else TCG.</summary>
    Auto,
    Kvm,
    Tcg,

    /// <summary>No guest: the suite runs on this machine's own kernel. No option asks for it; <c>test --kernel running</c> does.</summary>
    Host,
}
