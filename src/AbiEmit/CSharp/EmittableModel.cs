using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>One model of a namespace, with all that its C# depends on and nothing else: what compares equal gives the same files.</summary>
public sealed record EmittableModel
{
    public CSharpOptions Options { get; init; } = new();

    public AbiSpec Spec { get; init; } = new();

    /// <summary>What the header's classes begin with, unique in the namespace: <c>Userfaultfd</c>.</summary>
    public string HeaderClass { get; init; } = "";

    /// <summary>The C# names of the model's records, enums and groups, whichever model writes them.</summary>
    public EquatableArray<GivenName> Types { get; init; }

    /// <summary>
    /// What another model of the namespace writes: ids of records and enums, and groups with <c>_*</c> behind their
    /// name.
    /// </summary>
    public EquatableArray<string> Elsewhere { get; init; }

    /// <summary>What the name map says of this header's constants, requests and members.</summary>
    public EquatableArray<GivenName> Kept { get; init; }

    public string Namespace => Options.Namespace;

    public bool EmitTests => Options.EmitTests;

    /// <summary>The accessibility of generated types.</summary>
    public string Access => Options.Internal ? "internal" : "public";

    /// <summary>A model that is alone in its namespace.</summary>
    public static EmittableModel Alone(AbiSpec spec, CSharpOptions options) =>
        NamespacePlan.Of([new(spec, options)], NameMap.Empty).Models[0];
}
