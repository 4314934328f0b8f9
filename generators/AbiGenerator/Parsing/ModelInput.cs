using Faultline.AbiEmit.CSharp;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Faultline.AbiGenerator.Parsing;

/// <summary>One model file as the build names it.</summary>
/// <param name="Header">The header's own file, when the build extracted the model; else empty.</param>
/// <remarks>Contract: compares by value; the text is null when the compiler could not read the file.</remarks>
internal sealed record ModelInput(string Path, string? Text, CSharpOptions Options, string Header)
{
    /// <summary>The model the file's item metadata describes, or null when the file is no model.</summary>
    public static ModelInput? From(AdditionalText file, AnalyzerConfigOptionsProvider provider, CancellationToken cancellation)
    {
        var options = provider.GetOptions(file);
        if (!Metadata.IsTrue(options, "FaultlineAbi"))
            return null;
        var chosen = Metadata.Of(options, "FaultlineNamespace");
        var inherited = provider.GlobalOptions.TryGetValue("build_property.RootNamespace", out var root) ? root.Trim() : "";
        return new(
            file.Path,
            file.GetText(cancellation)?.ToString(),
            new()
            {
                Namespace = chosen.Length > 0 ? chosen : inherited.Length > 0 ? inherited : CSharpOptions.DefaultNamespace,
                EmitTests = Metadata.IsTrue(options, "FaultlineEmitTests"),
                Internal = Metadata.Of(options, "FaultlineVisibility").Equals("internal", StringComparison.OrdinalIgnoreCase),
                Places = !Metadata.Of(options, "FaultlinePlaces").Equals("false", StringComparison.OrdinalIgnoreCase),
                StripPrefixes = CSharpOptions.Prefixes(Metadata.Of(options, "FaultlineStripPrefix")),
            },
            Metadata.Of(options, "FaultlineHeader"));
    }
}
