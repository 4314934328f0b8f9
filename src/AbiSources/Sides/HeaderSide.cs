using Faultline.AbiExtractor;
using Faultline.AbiModel;

namespace Faultline.AbiSources.Sides;

/// <summary>One header, extracted.</summary>
internal sealed class HeaderSide : ISideKind
{
    public string What => "a header";

    public bool Takes(SideRequest request) => File.Exists(request.Name);

    public Task<AbiSide> ReadAsync(SideRequest request, CancellationToken cancellation) =>
        Task.FromResult(Extract(
            request, request.Name, includeName: null, request.Names is { } names ? WantedNames.Of(names) : null, text: null));

    /// <param name="includeName">See <see cref="HeaderRequest.IncludeName"/>.</param>
    /// <param name="wanted">See <see cref="HeaderRequest.Wanted"/>.</param>
    /// <param name="text">See <see cref="HeaderRequest.Text"/>.</param>
    public static AbiSide Extract(SideRequest request, string path, string? includeName, WantedNames? wanted, HeaderText? text)
    {
        var header = HeaderExtractor.Read(RequestFor(request, path, includeName) with { Wanted = wanted, Text = text });
        return new(request.Name, header.Spec) { Elsewhere = header.Elsewhere, Note = header.BorrowedInWords, Files = header.Read };
    }

    /// <summary>How the extractor is asked for a header.</summary>
    public static HeaderRequest RequestFor(SideRequest request, string path, string? includeName) => new()
    {
        Path = path,
        Target = request.Target,
        IncludeDirectories = request.IncludeDirectories,
        Defines = request.Defines,
        Preludes = request.Preludes,
        IncludeName = includeName,
        WithDocs = request.WithDocs,
    };
}
