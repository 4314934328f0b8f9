using Faultline.AbiEmit.CSharp;
using Faultline.AbiModel;

namespace Faultline.AbiNames;

/// <summary>A model file whose names are asked for, with the options that decide them.</summary>
internal sealed record NamedModel(string Path, CSharpOptions Options)
{
    /// <summary>
    /// Reads a list with one model on each line: path, namespace, and prefixes to leave out with commas between, parted
    /// by tabs.
    /// </summary>
    /// <param name="text">Lines without a path are passed over; a line may leave out what follows the path.</param>
    public static IReadOnlyList<NamedModel> List(string text) =>
    [
        .. text.Split('\n').Select(line => line.TrimEnd('\r').Split('\t')).Where(parts => parts[0].Length > 0)
            .Select(parts => new NamedModel(parts[0], new()
        {
            Namespace = parts is [_, { Length: > 0 } chosen, ..] ? chosen : CSharpOptions.DefaultNamespace,
            StripPrefixes = parts is [_, _, var prefixes, ..] ? CSharpOptions.Prefixes(prefixes) : default,
        })),
    ];
}
