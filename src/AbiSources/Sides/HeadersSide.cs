using Faultline.AbiModel;

namespace Faultline.AbiSources.Sides;

/// <summary>A directory of installed headers: <see cref="SideRequest.Header"/> is extracted from it.</summary>
internal sealed class HeadersSide : ISideKind
{
    /// <summary>Where <c>make headers_install</c> puts them, seen from the directory people name.</summary>
    private static readonly string[] Roots = ["", "include", "usr/include"];

    public string What => "a directory of installed headers";

    public bool Takes(SideRequest request) => Directory.Exists(request.Name);

    public Task<AbiSide> ReadAsync(SideRequest request, CancellationToken cancellation)
    {
        var candidates = Roots.Select(root => Path.Combine(request.Name, root, request.Header)).ToList();
        var found = candidates.Find(File.Exists)
            ?? throw new SideException($"{request.Name} holds no installed {request.Header}. Looked for {string.Join(", ", candidates)}.");
        return Task.FromResult(new AbiSide(request.Name, HeaderSide.Extract(request, found, includeName: null)));
    }
}
