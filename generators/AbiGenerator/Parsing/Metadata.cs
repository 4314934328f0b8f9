using Microsoft.CodeAnalysis.Diagnostics;

namespace Faultline.AbiGenerator.Parsing;

/// <summary>What the build says about an additional file.</summary>
internal static class Metadata
{
    public static string Of(AnalyzerConfigOptions options, string name) =>
        options.TryGetValue("build_metadata.AdditionalFiles." + name, out var value) ? value.Trim() : "";

    public static bool IsTrue(AnalyzerConfigOptions options, string name) =>
        Of(options, name).Equals("true", StringComparison.OrdinalIgnoreCase);
}
