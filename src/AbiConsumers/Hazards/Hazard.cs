namespace Faultline.AbiConsumers.Hazards;

/// <summary>One place where a source uses userfaultfd in a way that is known to go wrong.</summary>
/// <param name="File">Relative to the folder that was scanned.</param>
/// <param name="Line">From 1.</param>
/// <param name="Function">The function around it, or empty.</param>
/// <param name="What">What stands there.</param>
/// <param name="Kernels">On which kernels it goes wrong.</param>
public sealed record Hazard(HazardKind Kind, string File, int Line, string Function, string What, string Kernels, Sureness Sure);
