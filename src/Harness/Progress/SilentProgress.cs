namespace Faultline.Harness.Progress;

/// <summary>Shows no progress: for cleaning up, and for commands that have nothing to say but their result.</summary>
internal sealed class SilentProgress : IProgress<HarnessEvent>
{
    public void Report(HarnessEvent value)
    {
    }
}
