using Faultline.AbiSources.Headers;

namespace Faultline.AbiSources.Sides;

/// <summary>A git revision of the tree named beside it. Its headers are made once and kept by commit.</summary>
internal sealed class RevisionSide : InstalledSide
{
    public override string What => "with --git a git revision";

    /// <summary>
    /// A revision of a git tree: with --git every name is one, unless it is written as a path or is a model file.
    /// </summary>
    public override bool Takes(SideRequest request) =>
        request.Tree is not null && request.Name is not ['.' or '/' or '~', ..] && !request.Name.EndsWith(".json", StringComparison.Ordinal);

    public override async Task<InstalledHeaders> OpenAsync(SideRequest request, CancellationToken cancellation)
    {
        RevisionName.Check(request.Name);
        var tree = new GitTree(request.Tree!);
        var arch = HeadersInstall.ArchOf(request);
        var commit = await tree.ResolveAsync(request.Name, cancellation);
        var root = await HeaderCache.OfUser().GetAsync($"{commit}-{arch}-bytes", async scratch =>
        {
            request.Progress?.Report($"making the uapi headers of {request.Name}, which are kept");
            var source = Directory.CreateDirectory(Path.Combine(scratch, "source")).FullName;
            await tree.UnpackAsync(commit, arch, source, cancellation);
            if (!File.Exists(Path.Combine(source, "Makefile")))
            {
                throw new SideException(
                    $"{request.Name} of {request.Tree} is not a kernel source: it has no Makefile, and the kernel's makes its headers. "
                    + "Of another repository, compare the header's two files.");
            }

            return await HeadersInstall.RunAsync(source, arch, scratch, cancellation);
        });
        return new InstalledHeaders(request.Name, root);
    }
}
