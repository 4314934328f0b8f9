namespace Faultline.Harness.Report;

/// <summary>Something in which two runs differ.</summary>
/// <param name="Kind">In what.</param>
/// <param name="Change">The thing, before and after.</param>
/// <param name="IsWorse">It speaks against the second run: a verdict or an outcome that is worse than the first run's.</param>
internal sealed record RunDifference(RunDifferenceKind Kind, RunChange Change, bool IsWorse);
