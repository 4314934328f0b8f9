using Faultline.AbiExtractor.Input;

namespace Faultline.AbiSources.Headers;

/// <summary>What the kernel's Makefile calls an architecture.</summary>
internal static class KernelArch
{
    /// <summary>The directory under <c>arch/</c> for a target triple.</summary>
    /// <exception cref="SideException">The triple is of no architecture known here.</exception>
    public static string Of(string target) => KernelArchitecture.OfTarget(target)
        ?? throw new SideException($"--target {target}: no directory of arch/ is known for this target; "
            + "install the headers yourself (make headers_install ARCH=…) and name their directory.");
}
