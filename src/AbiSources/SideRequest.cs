using Faultline.AbiModel;

namespace Faultline.AbiSources;

/// <summary>What a user names as one side of a comparison, and how it is to be read.</summary>
/// <param name="Name">As the user wrote it: a path, a revision, or a word that a side claims for itself.</param>
public sealed record SideRequest(string Name)
{
    /// <summary>The header taken from a side that holds many.</summary>
    public const string DefaultHeader = "linux/userfaultfd.h";

    /// <summary>The header's name as programs include it.</summary>
    public string Header { get; init; } = DefaultHeader;

    /// <summary>Target triple; null is this machine's.</summary>
    public string? Target { get; init; }

    /// <summary>See <see cref="AbiExtractor.HeaderRequest.IncludeDirectories"/>.</summary>
    public IReadOnlyList<string> IncludeDirectories { get; init; } = [];

    /// <summary>See <see cref="AbiExtractor.HeaderRequest.Defines"/>.</summary>
    public IReadOnlyList<string> Defines { get; init; } = [];

    /// <summary>See <see cref="AbiExtractor.HeaderRequest.Preludes"/>.</summary>
    public IReadOnlyList<string> Preludes { get; init; } = [];

    /// <summary>See <see cref="AbiExtractor.HeaderRequest.WithDocs"/>.</summary>
    public bool WithDocs { get; init; } = true;

    /// <summary>
    /// The model whose names are looked for in a side that holds more than one ABI, or numbers without names. Null:
    /// those of the other side. A header's own names are always read; of these it tells which it gets from the headers
    /// that it includes.
    /// </summary>
    public AbiSpec? Names { get; init; }

    /// <summary>Told what is done for the side where it may take seconds: <c>making the uapi headers of DIR</c>.</summary>
    public IProgress<string>? Progress { get; init; }

    /// <summary>A git checkout of the kernel: <see cref="Name"/> may then be a revision of it. Null when none was named.</summary>
    public string? Tree { get; init; }
}

/// <summary>A side is not there, is nothing a side can be, or does not hold what was asked: the user has to name another.</summary>
public sealed class SideException(string message, Exception? inner = null) : Exception(message, inner);
