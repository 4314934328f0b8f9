using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Faultline.AbiGenerator.Parsing;

/// <summary>A file of the project that says something about all its models, as text.</summary>
internal sealed record ListInput(string Path, string Text)
{
    /// <param name="metadata">The item metadata that marks such a file.</param>
    public static ListInput? From(AdditionalText file, AnalyzerConfigOptionsProvider provider, string metadata,
        CancellationToken cancellation) =>
        Metadata.IsTrue(provider.GetOptions(file), metadata) ? new(file.Path, file.GetText(cancellation)?.ToString() ?? "") : null;
}
