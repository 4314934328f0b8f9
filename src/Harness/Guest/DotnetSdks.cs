using Faultline.Machine;

namespace Faultline.Harness.Guest;

/// <summary>The SDKs of .NET, one of which compiles the suite.</summary>
internal static class DotnetSdks
{
    /// <summary>Versions of those that <c>dotnet</c> on PATH chooses from; empty where there are none.</summary>
    public static string Installed => HostProgram.Dotnet.Find() is { } dotnet ? Of(dotnet) : "";

    /// <param name="dotnet">The program, or the link to it that a package puts on PATH.</param>
    public static string Of(string dotnet)
    {
        var program = File.ResolveLinkTarget(dotnet, returnFinalTarget: true)?.FullName ?? dotnet;
        var sdks = Path.Combine(Path.GetDirectoryName(program)!, "sdk");
        return Directory.Exists(sdks)
            ? string.Join(' ', Directory.EnumerateDirectories(sdks).Select(Path.GetFileName).Order(StringComparer.Ordinal))
            : "";
    }
}
