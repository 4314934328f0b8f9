using Faultline.AbiSources.Sides;

namespace Faultline.AbiSources.Headers;

/// <summary>Sides that hold many headers, each made once for an architecture however many of its targets are read.</summary>
public sealed class OpenedHeaders : IDisposable
{
    private readonly Dictionary<(string Name, string Architecture), InstalledHeaders> _sides = [];

    internal async Task<InstalledHeaders> GetAsync(InstalledSide side, SideRequest request, CancellationToken cancellation)
    {
        var key = (request.Name, HeadersInstall.ArchOf(request));
        if (!_sides.TryGetValue(key, out var headers))
            _sides.Add(key, headers = await side.OpenAsync(request, cancellation));
        return headers;
    }

    public void Dispose()
    {
        foreach (var headers in _sides.Values)
            headers.Dispose();
    }
}
