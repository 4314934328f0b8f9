using Faultline.Harness.Progress;

namespace Faultline.Cli.Terminal;

/// <summary>For commands whose result is all there is to say.</summary>
internal sealed class SilentProgress : IProgress<HarnessEvent>
{
    public void Report(HarnessEvent value)
    {
    }
}
