namespace Faultline.AbiTests.Calls;

/// <summary>
/// Forbids the zeropage to this process while it lives (<c>mm_forbids_zeropage()</c>). Only the kernels of linux-patch/knobs can.
/// </summary>
internal sealed class ZeropageKnob : IDisposable
{
    private const string Parameter = "/sys/module/memory/parameters/forbid_zeropage";

    internal ZeropageKnob() => File.WriteAllText(Parameter, "1");

    /// <summary>Whether this kernel is one of them.</summary>
    internal static bool IsThere => File.Exists(Parameter);

    public void Dispose() => File.WriteAllText(Parameter, "0");
}
