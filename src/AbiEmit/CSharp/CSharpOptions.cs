using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>How the C# of one header is to look.</summary>
public sealed record CSharpOptions
{
    /// <summary>The namespace of what is generated where neither the item nor the project names one.</summary>
    public const string DefaultNamespace = "Faultline.Abi";

    /// <summary>The namespace of everything that is generated.</summary>
    public string Namespace { get; init; } = DefaultNamespace;

    /// <summary>Whether xunit tests of the ABI are generated too.</summary>
    public bool EmitTests { get; init; }

    /// <summary>Whether the types are internal to the project instead of public.</summary>
    public bool Internal { get; init; }

    /// <summary>Whether the documentation names the header and line of each item.</summary>
    public bool Places { get; init; } = true;

    /// <summary>Beginnings that C# names leave out, without the underscore behind them: <c>UFFD</c>.</summary>
    public EquatableArray<string> StripPrefixes { get; init; }

    /// <summary>A list of prefixes as the build hands it over, with commas or blanks between.</summary>
    public static EquatableArray<string> Prefixes(string text) =>
        text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).ToEquatableArray();
}
