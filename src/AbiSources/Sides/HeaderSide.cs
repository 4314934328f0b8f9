using Faultline.AbiExtractor;
using Faultline.AbiModel;

namespace Faultline.AbiSources.Sides;

/// <summary>One header, extracted.</summary>
internal sealed class HeaderSide : ISideKind
{
    public string What => "a header";

    public bool Takes(SideRequest request) => File.Exists(request.Name);

    public Task<AbiSide> ReadAsync(SideRequest request, CancellationToken cancellation) =>
        Task.FromResult(new AbiSide(request.Name, Extract(request, request.Name, includeName: null)));

    /// <param name="includeName">See <see cref="HeaderRequest.IncludeName"/>.</param>
    public static AbiSpec Extract(SideRequest request, string path, string? includeName) => HeaderExtractor.Extract(new()
    {
        Path = path,
        Target = request.Target,
        IncludeDirectories = request.IncludeDirectories,
        IncludeName = includeName,
    });
}
