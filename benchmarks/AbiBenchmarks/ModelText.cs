using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Faultline.AbiBenchmarks;

/// <summary>A model file as the compiler hands it over.</summary>
internal sealed class ModelText(string path, string text) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text);

    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}

/// <summary>Every additional file is a model for one namespace.</summary>
internal sealed class ModelOptions(string modelNamespace) : AnalyzerConfigOptionsProvider
{
    private readonly Values _ofModel = new(new(StringComparer.Ordinal)
    {
        ["build_metadata.AdditionalFiles.FaultlineAbi"] = "true",
        ["build_metadata.AdditionalFiles.FaultlineNamespace"] = modelNamespace,
    });

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values([]);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => _ofModel;

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
