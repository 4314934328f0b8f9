using Faultline.AbiExtractor.Stages;

namespace Faultline.AbiExtractor;

/// <summary>Every name that a program gets from a header and from what it includes, by the file that defines it.</summary>
/// <param name="ByFile">Names by file as programs include it; a tag with its word before it, <c>struct x</c>.</param>
/// <param name="Under">What a file that was asked for includes, itself or through others, and itself; absent when it is not read.</param>
public sealed record IncludedNames(
    IReadOnlyDictionary<string, IReadOnlySet<string>> ByFile, IReadOnlyDictionary<string, IReadOnlySet<string>> Under)
{
    /// <summary>Reads the names of a header.</summary>
    /// <param name="includes">Files as programs include them, of which is told what they include.</param>
    /// <remarks>Throws as <see cref="HeaderExtractor.Read"/> does.</remarks>
    public static IncludedNames Read(HeaderRequest request, IReadOnlyCollection<string> includes) =>
        HeaderExtractor.Guarded(request, path => NameCollector.Read(path, includes));
}
