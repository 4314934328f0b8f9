using Faultline.AbiExtractor.Input;
using Faultline.AbiModel;

namespace Faultline.AbiSources.Sides;

/// <summary>A model file, taken as it is.</summary>
internal sealed class ModelSide : ISideKind
{
    public string What => "an .abi.json file";

    public bool Takes(SideRequest request) => request.Name.EndsWith(".json", StringComparison.Ordinal) && File.Exists(request.Name);

    public Task<AbiSide> ReadAsync(SideRequest request, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult(new AbiSide(request.Name, AbiFile.Parse(InputFile.ReadModel(request.Name))));
        }
        catch (AbiFormatException exception)
        {
            throw new SideException(
                $"{request.Name} is no ABI model this version reads.\n{request.Name}:{exception.Line}:{exception.Column}: {exception.Problem}", exception);
        }
    }
}
