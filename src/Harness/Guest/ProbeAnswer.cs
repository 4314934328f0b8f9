namespace Faultline.Harness.Guest;

/// <summary>Whether guests run in KVM here, and how that is known.</summary>
internal sealed record ProbeAnswer(bool Works, string Reason);
