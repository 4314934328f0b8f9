using Faultline.AbiSources.Headers;

namespace Faultline.AbiSources.Sides;

/// <summary>A kernel source tree as it stands: its headers are installed to a temporary directory first, and the tree is not written to.</summary>
internal sealed class TreeSide : InstalledSide
{
    private static readonly string[] Marks = ["Makefile", "include/uapi"];

    public override string What => "a kernel source tree";

    public override bool Takes(SideRequest request) => Marks.All(mark => Path.Exists(Path.Combine(request.Name, mark)));

    public override async Task<InstalledHeaders> OpenAsync(SideRequest request, CancellationToken cancellation)
    {
        var arch = HeadersInstall.ArchOf(request);
        var scratch = Directory.CreateTempSubdirectory("faultline-uapi-").FullName;
        try
        {
            return new InstalledHeaders(request.Name, await HeadersInstall.RunAsync(request.Name, arch, scratch, cancellation), scratch);
        }
        catch
        {
            Directory.Delete(scratch, recursive: true);
            throw;
        }
    }
}
