namespace Faultline.Harness.Progress;

/// <summary>Passes the progress stream on, and says in every event which kernel it belongs to.</summary>
/// <param name="next">Gets the events.</param>
/// <param name="id">The kernel's name among all kernels.</param>
internal sealed class IdentifiedProgress(IProgress<HarnessEvent> next, string id) : IProgress<HarnessEvent>
{
    public void Report(HarnessEvent value) => next.Report(value.Id is null ? value with { Id = id } : value);
}
