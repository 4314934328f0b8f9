namespace Faultline.Harness.Progress;

/// <summary>Passes the progress stream on, and says in every event which kernel it belongs to.</summary>
/// <param name="next">Gets the events.</param>
/// <param name="id">The kernel's name among all kernels.</param>
/// <param name="cell">The run of a suite on it, or null.</param>
internal sealed class IdentifiedProgress(IProgress<HarnessEvent> next, string id, string? cell = null) : IProgress<HarnessEvent>
{
    public void Report(HarnessEvent value) => next.Report(value with { Id = value.Id ?? id, Cell = value.Cell ?? cell });
}
