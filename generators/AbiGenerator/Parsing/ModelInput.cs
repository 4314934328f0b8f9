using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Faultline.AbiGenerator.Parsing;

/// <summary>One model file as the build names it.</summary>
/// <remarks>Contract: compares by value; the text is null when the compiler could not read the file.</remarks>
internal sealed record ModelInput(string Path, string? Text, string Namespace, bool EmitTests)
{
    /// <summary>The model the file's item metadata describes, or null when the file is no model.</summary>
    public static ModelInput? From(AdditionalText file, AnalyzerConfigOptionsProvider provider, CancellationToken cancellation)
    {
        var options = provider.GetOptions(file);
        if (!Value(options, "build_metadata.AdditionalFiles.FaultlineAbi").Equals("true", StringComparison.OrdinalIgnoreCase))
            return null;
        var chosen = Value(options, "build_metadata.AdditionalFiles.FaultlineNamespace");
        var inherited = Value(provider.GlobalOptions, "build_property.RootNamespace");
        return new(
            file.Path,
            file.GetText(cancellation)?.ToString(),
            chosen.Length > 0 ? chosen : inherited.Length > 0 ? inherited : "Faultline.Abi",
            Value(options, "build_metadata.AdditionalFiles.FaultlineEmitTests").Equals("true", StringComparison.OrdinalIgnoreCase));
    }

    private static string Value(AnalyzerConfigOptions options, string key) => options.TryGetValue(key, out var value) ? value.Trim() : "";
}
