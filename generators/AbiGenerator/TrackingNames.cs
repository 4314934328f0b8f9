namespace Faultline.AbiGenerator;

/// <summary>Names of the pipeline's steps, by which tests see what was cached.</summary>
internal static class TrackingNames
{
    /// <summary>The model files with their options, text included.</summary>
    public const string ModelInputs = nameof(ModelInputs);

    /// <summary>The parsed models.</summary>
    public const string ParsedModels = nameof(ParsedModels);

    /// <summary>The project's name map and list of wanted names.</summary>
    public const string ProjectLists = nameof(ProjectLists);

    /// <summary>The parsed models that can be emitted, without what does not reach the emitted code.</summary>
    public const string EmittableModels = nameof(EmittableModels);

    /// <summary>The namespaces that need the support types.</summary>
    public const string Namespaces = nameof(Namespaces);
}
