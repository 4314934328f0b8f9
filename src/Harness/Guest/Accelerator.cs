namespace Faultline.Harness.Guest;

/// <summary>What a guest runs in.</summary>
/// <param name="Requested">What was asked for.</param>
/// <param name="Used">What was taken: KVM or TCG.</param>
/// <param name="Reason">Why this one.</param>
internal sealed record Accelerator(AcceleratorChoice Requested, AcceleratorKind Used, string Reason)
{
    /// <summary>Emulated CPUs are an order of magnitude slower; deadlines are given for real ones.</summary>
    public double DeadlineFactor => Used == AcceleratorKind.Kvm ? 1 : 4;
}
