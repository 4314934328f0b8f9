namespace Faultline.Harness.Progress;

/// <summary>For what has no progress to show: a command whose result is all there is to say, and cleaning up.</summary>
internal sealed class SilentProgress : IProgress<HarnessEvent>
{
    public void Report(HarnessEvent value)
    {
    }
}
