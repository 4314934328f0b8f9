using Faultline.AbiModel;
using Faultline.AbiSources.Headers;

namespace Faultline.AbiSources.Sides;

/// <summary>A side that holds many headers; <see cref="SideRequest.Header"/> is extracted from it.</summary>
internal abstract class InstalledSide : ISideKind
{
    public abstract string What { get; }

    public abstract bool Takes(SideRequest request);

    /// <summary>Makes its headers readable. The exceptions are those of <see cref="ISideKind.ReadAsync"/>.</summary>
    public abstract Task<InstalledHeaders> OpenAsync(SideRequest request, CancellationToken cancellation);

    public async Task<AbiSide> ReadAsync(SideRequest request, CancellationToken cancellation)
    {
        using var headers = await OpenAsync(request, cancellation);
        return headers.Read(request.Header, request);
    }
}
