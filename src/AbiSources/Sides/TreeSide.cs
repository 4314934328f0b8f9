using Faultline.AbiSources.Headers;

namespace Faultline.AbiSources.Sides;

/// <summary>A kernel source tree as it stands: its headers are installed to a temporary directory first, and the tree is not written to.</summary>
internal sealed class TreeSide : InstalledSide
{
    /// <remarks>A kernel's <c>tools</c> and its architectures have two of them.</remarks>
    private static readonly string[] Marks = ["Makefile", "Kbuild", "include/uapi/linux"];

    public override string What => "a kernel source tree";

    public override bool Takes(SideRequest request) => IsTree(request.Name);

    public override Task<InstalledHeaders> OpenAsync(SideRequest request, CancellationToken cancellation) =>
        InstallAsync(request, request.Name, cancellation);

    public static bool IsTree(string folder) => Marks.All(mark => Path.Exists(Path.Combine(folder, mark)));

    /// <summary>Installs the headers of a tree for the target of a request; reports call them as the request does.</summary>
    public static async Task<InstalledHeaders> InstallAsync(SideRequest request, string tree, CancellationToken cancellation)
    {
        request.Progress?.Report($"making the uapi headers of {tree}");
        var arch = HeadersInstall.ArchOf(request);
        var scratch = Directory.CreateTempSubdirectory("faultline-uapi-").FullName;
        try
        {
            return new InstalledHeaders(request.Name, await HeadersInstall.RunAsync(tree, arch, scratch, cancellation), scratch);
        }
        catch
        {
            Directory.Delete(scratch, recursive: true);
            throw;
        }
    }
}
