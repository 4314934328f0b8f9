using System.Text.RegularExpressions;
using Faultline.AbiExtractor;
using Faultline.AbiSources.Tools;

namespace Faultline.AbiSources.Headers;

/// <summary>Lets the kernel's own Makefile make its exported headers, which alone knows what a tree exports: no header is read raw.</summary>
/// <remarks>
/// <c>make headers</c> (5.4 and later) makes the same files as <c>make headers_install</c>, which then only copies them, and with rsync.
/// Older kernels have the latter alone, without rsync.
/// </remarks>
internal static partial class HeadersInstall
{
    /// <summary>Makes the headers of a source tree. Nothing is written below <paramref name="tree"/>.</summary>
    /// <param name="scratch">An empty directory to build in.</param>
    /// <returns>The include root, somewhere in <paramref name="scratch"/>.</returns>
    /// <exception cref="ToolFailedException">make failed; the message holds its last lines.</exception>
    public static async Task<string> RunAsync(string tree, string arch, string scratch, CancellationToken cancellation)
    {
        var (build, usr) = (Path.Combine(scratch, "build"), Path.Combine(scratch, "usr"));
        Directory.CreateDirectory(build);
        var makefile = await File.ReadAllTextAsync(Path.Combine(tree, "Makefile"), cancellation);
        var separate = HeadersTarget().IsMatch(makefile);
        await Tool.Make.RunAsync(
            $"make the uapi headers of {tree}",
            [
                "-s", "--no-print-directory", $"-j{Environment.ProcessorCount}", "-C", Path.GetFullPath(tree), $"O={build}", $"ARCH={arch}",
                .. separate ? (string[])["headers"] : [$"INSTALL_HDR_PATH={usr}", "headers_install"],
            ],
            cancellation);
        return Path.Combine(separate ? Path.Combine(build, "usr") : usr, "include");
    }

    public static string ArchOf(SideRequest request) => KernelArch.Of(request.Target ?? HeaderRequest.HostTarget);

    [GeneratedRegex(@"^headers:", RegexOptions.Multiline)]
    private static partial Regex HeadersTarget();
}
