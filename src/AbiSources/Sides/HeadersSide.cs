using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Input;
using Faultline.AbiSources.Headers;

namespace Faultline.AbiSources.Sides;

/// <summary>A directory of installed headers, or of a distribution's.</summary>
internal sealed class HeadersSide : InstalledSide
{
    /// <summary>
    /// The folder in which <c>make headers_install</c> puts headers, below the directory that people name.
    /// </summary>
    private static readonly string[] Roots = ["", "include", "usr/include"];

    public override string What => "a directory of installed headers";

    public override bool Takes(SideRequest request) => Directory.Exists(request.Name);

    public override Task<InstalledHeaders> OpenAsync(SideRequest request, CancellationToken cancellation)
    {
        var target = request.Target ?? HeaderRequest.HostTarget;
        var candidates = Roots.Select(root => Path.Combine(request.Name, root)).ToList();
        var root = candidates.Find(root => File.Exists(Path.Combine(root, request.Header))
                || (HeaderRequest.MachineDirectory(root, target) is { } machine && File.Exists(Path.Combine(machine, request.Header))))
            ?? throw new SideException($"{request.Name} holds no installed {request.Header}. Looked for {string.Join(", ", candidates.Select(candidate => Path.Combine(candidate, request.Header)))}.");
        if (KernelArchitecture.Mismatch(root, target) is { } mismatch)
            throw new SideException(mismatch);
        return Task.FromResult(
            KernelPart.IsIn(root, target) ? KernelPart.Open(request.Name, root, target) : new InstalledHeaders(request.Name, root));
    }
}
