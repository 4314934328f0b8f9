using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Faultline.AbiGenerator;

/// <summary>Where each diagnostic is explained.</summary>
internal static class HelpLinks
{
    /// <summary>
    /// The project's address, which the build knows as <c>PackageProjectUrl</c> or <c>RepositoryUrl</c>; empty without one.
    /// </summary>
    private static readonly string Address = typeof(HelpLinks).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "DocumentationRoot")?.Value ?? "";

    public static string Of(string id) => $"{Address}docs/diagnostics.md#{id.ToLowerInvariant()}";

    /// <summary>
    /// The descriptor of a diagnostic, with a link to the page that lies where the build says, unless the project has an address.
    /// </summary>
    /// <param name="documentation">The folder that holds <c>docs</c>, as an address without a slash at its end; or empty.</param>
    public static DiagnosticDescriptor At(DiagnosticDescriptor descriptor, string documentation) =>
        Address.Length > 0 || documentation.Length == 0 ? descriptor
            : new(descriptor.Id, descriptor.Title, descriptor.MessageFormat, descriptor.Category, descriptor.DefaultSeverity,
                descriptor.IsEnabledByDefault, descriptor.Description, $"{documentation}/{Of(descriptor.Id)}");
}
