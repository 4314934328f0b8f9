using System.Runtime.InteropServices;

namespace Faultline.Harness.Guest;

/// <summary>The SDKs of .NET, one of which compiles the suite.</summary>
internal static class DotnetSdks
{
    /// <summary>Versions of those that are installed with the runtime of this process; empty where there are none.</summary>
    public static string OfThisRuntime => Of(RuntimeEnvironment.GetRuntimeDirectory());

    /// <param name="framework">A framework folder, <c>…/shared/Microsoft.NETCore.App/10.0.12/</c>.</param>
    public static string Of(string framework)
    {
        var sdks = Path.GetFullPath(Path.Combine(framework, "..", "..", "..", "sdk"));
        return Directory.Exists(sdks)
            ? string.Join(' ', Directory.EnumerateDirectories(sdks).Select(Path.GetFileName).Order(StringComparer.Ordinal))
            : "";
    }
}
