using Faultline.AbiExtractor;
using Faultline.AbiSources.Tools;

namespace Faultline.AbiSources.Headers;

/// <summary>Runs the kernel's own <c>make headers_install</c>, which alone knows what a tree exports: no header is read raw.</summary>
internal static class HeadersInstall
{
    /// <summary>Installs the headers of a source tree. Nothing is written below <paramref name="tree"/>.</summary>
    /// <param name="scratch">An empty directory to build in; the headers are then in its <c>usr/include</c>.</param>
    /// <returns>The include root.</returns>
    /// <exception cref="ToolFailedException">make failed; the message holds its last lines.</exception>
    public static async Task<string> RunAsync(string tree, string arch, string scratch, CancellationToken cancellation)
    {
        var (build, usr) = (Path.Combine(scratch, "build"), Path.Combine(scratch, "usr"));
        Directory.CreateDirectory(build);
        await Tool.Make.RunAsync(
            $"install the uapi headers of {tree}",
            ["-s", "--no-print-directory", $"-j{Environment.ProcessorCount}", "-C", Path.GetFullPath(tree), $"O={build}", $"INSTALL_HDR_PATH={usr}", $"ARCH={arch}", "headers_install"],
            cancellation);
        Directory.Delete(build, recursive: true);
        return Path.Combine(usr, "include");
    }

    public static string ArchOf(SideRequest request) => KernelArch.Of(request.Target ?? HeaderRequest.HostTarget);
}
