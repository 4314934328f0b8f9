using Faultline.AbiTests.Generated;

namespace Faultline.AbiTests.Calls;

/// <summary>
/// Forbids the zeropage to this process while it lives (<c>mm_forbids_zeropage()</c>). Only the kernels of linux-patch/knobs can.
/// </summary>
internal sealed class ZeropageKnob : IDisposable
{
    private const string Parameter = "/sys/module/memory/parameters/forbid_zeropage";

    internal ZeropageKnob()
    {
        GeneratedChecks.RefusedAsControl = !File.Exists(Parameter);
        Assert.True(File.Exists(Parameter), $"{Parameter} is missing: this kernel is built without the series of linux-patch/knobs.");
        File.WriteAllText(Parameter, "1");
    }

    public void Dispose() => File.WriteAllText(Parameter, "0");
}
