using Faultline.AbiModel;

namespace Faultline.AbiSources.Sides;

/// <summary>A model file, taken as it is.</summary>
internal sealed class ModelSide : ISideKind
{
    public string What => "an .abi.json file";

    public bool Takes(SideRequest request) => request.Name.EndsWith(".json", StringComparison.Ordinal) && File.Exists(request.Name);

    public async Task<AbiSide> ReadAsync(SideRequest request, CancellationToken cancellation)
    {
        try
        {
            return new(request.Name, AbiFile.Parse(await File.ReadAllTextAsync(request.Name, cancellation)));
        }
        catch (AbiFormatException exception)
        {
            throw new SideException(
                $"{request.Name} is no ABI model this version reads.\n{request.Name}:{exception.Line}:{exception.Column}: {exception.Problem}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SideException($"{request.Name} cannot be read: {exception.Message}", exception);
        }
    }
}
