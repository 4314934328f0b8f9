namespace Faultline.Harness.Guest;

/// <summary>What a suite ran in.</summary>
/// <param name="Requested">What was asked for.</param>
/// <param name="Used">What it was.</param>
/// <param name="Reason">Why the used one was used.</param>
/// <param name="Clocksource">Clocksource of the kernel, as it reported it; null when it never did.</param>
internal sealed record AcceleratorUse(AcceleratorChoice Requested, AcceleratorKind Used, string Reason, string? Clocksource)
{
    /// <summary>What was asked for by name is what was used, so that the reason tells nothing.</summary>
    public bool IsAsRequested() => (Requested, Used) is
        (AcceleratorChoice.Kvm, AcceleratorKind.Kvm) or (AcceleratorChoice.Tcg, AcceleratorKind.Tcg)
        or (AcceleratorChoice.Host, AcceleratorKind.Host);
}
