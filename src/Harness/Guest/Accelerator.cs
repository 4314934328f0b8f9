using System.Text.Json.Serialization;

namespace Faultline.Harness.Guest;

/// <summary>What a guest runs in.</summary>
/// <param name="Requested">What was asked for.</param>
/// <param name="Used">What was taken.</param>
/// <param name="Reason">Why this one.</param>
/// <param name="Clocksource">Clocksource of the kernel, as it reported it; null before it did, and where it never does.</param>
internal sealed record Accelerator(AcceleratorChoice Requested, AcceleratorKind Used, string Reason, string? Clocksource = null)
{
    /// <summary>Emulated CPUs are an order of magnitude slower; deadlines are given for real ones.</summary>
    [JsonIgnore]
    public double DeadlineFactor => Used == AcceleratorKind.Kvm ? 1 : 4;

    /// <summary>What was asked for by name is what was used, so that the reason tells nothing.</summary>
    public bool IsAsRequested() => (Requested, Used) is
        (AcceleratorChoice.Kvm, AcceleratorKind.Kvm) or (AcceleratorChoice.Tcg, AcceleratorKind.Tcg)
        or (AcceleratorChoice.Host, AcceleratorKind.Host);
}
