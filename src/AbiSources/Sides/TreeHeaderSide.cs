using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Input;
using Faultline.AbiSources.Headers;

namespace Faultline.AbiSources.Sides;

/// <summary>
/// A header of a kernel source tree, named by its file. It is read as the tree exports it: what it includes from <c>asm</c> is there only
/// when make has made it, and without that its requests have no numbers.
/// </summary>
internal sealed class TreeHeaderSide : InstalledSide
{
    public override string What => "a header of a kernel source tree";

    public override bool HoldsMany => false;

    public override bool Takes(SideRequest request) => File.Exists(request.Name) && PlaceOf(request) is not null;

    public override string HeaderOf(SideRequest request) => PlaceOf(request)!.Header;

    public override async Task<InstalledHeaders> OpenAsync(SideRequest request, CancellationToken cancellation)
    {
        var place = PlaceOf(request)!;
        var target = request.Target ?? HeaderRequest.HostTarget;
        if (place.Arch is { } arch && KernelArchitecture.OfTarget(target) is { } wanted && arch != wanted)
        {
            throw new SideException(
                $"{request.Name} is a header of {arch}, and {target} is {wanted}: name a target of {arch} with --target.");
        }

        return await TreeSide.InstallAsync(request, place.Tree, cancellation);
    }

    /// <param name="Header">As programs include it.</param>
    /// <param name="Arch">The directory of <c>arch/</c>; null for what all architectures have.</param>
    private sealed record Place(string Tree, string Header, string? Arch);

    /// <summary>null when the file lies in no tree, or in a place from which none is exported.</summary>
    private static Place? PlaceOf(SideRequest request)
    {
        var path = Path.GetFullPath(request.Name);
        for (var tree = Path.GetDirectoryName(path); tree is not null; tree = Path.GetDirectoryName(tree))
        {
            if (!TreeSide.IsTree(tree))
                continue;
            return Path.GetRelativePath(tree, path).Split('/') switch
            {
                ["include", "uapi", .. { Length: > 0 } name] => new(tree, string.Join('/', name), null),
                ["arch", var arch, "include", "uapi", .. { Length: > 0 } name] => new(tree, string.Join('/', name), arch),
                _ => null,
            };
        }
        return null;
    }
}
