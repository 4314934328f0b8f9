using System.Reflection;

namespace Faultline.AbiGenerator;

/// <summary>Where each diagnostic is explained.</summary>
internal static class HelpLinks
{
    /// <summary>
    /// The project's address, which the build knows as <c>PackageProjectUrl</c>; without one the page is named as it
    /// lies in the repository.
    /// </summary>
    private static readonly string Root = typeof(HelpLinks).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "DocumentationRoot")?.Value ?? "";

    public static string Of(string id) => $"{Root}docs/diagnostics.md#{id.ToLowerInvariant()}";
}
