using Faultline.AbiModel;
using Faultline.AbiSources.Headers;

namespace Faultline.AbiSources.Sides;

/// <summary>A side whose header is extracted from a directory of many.</summary>
internal abstract class InstalledSide : ISideKind
{
    public abstract string What { get; }

    public abstract bool Takes(SideRequest request);

    /// <summary>Whether a user has to choose the header.</summary>
    public virtual bool HoldsMany => true;

    /// <summary>The header that is extracted, as programs include it.</summary>
    public virtual string HeaderOf(SideRequest request) => request.Header;

    /// <summary>Makes its headers readable. The exceptions are those of <see cref="ISideKind.ReadAsync"/>.</summary>
    public abstract Task<InstalledHeaders> OpenAsync(SideRequest request, CancellationToken cancellation);

    public async Task<AbiSide> ReadAsync(SideRequest request, CancellationToken cancellation)
    {
        using var headers = await OpenAsync(request, cancellation);
        return headers.Read(HeaderOf(request), request);
    }
}
