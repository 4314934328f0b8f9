using System.Text;
using Faultline.AbiExtractor;
using Faultline.AbiModel;
using Faultline.AbiSources.Sides;
using Faultline.Machine;

namespace Faultline.AbiSources.Headers;

/// <summary>A header of one side, as far as its includes go.</summary>
/// <param name="Name">As programs include it.</param>
/// <param name="Text">The text of a header that it may include; null when there is none of that name.</param>
/// <param name="Request">How the extractor is asked for it.</param>
/// <param name="Read">Its model, with what the headers that it includes define of some names.</param>
internal sealed record IncludingHeader(
    string Name, Func<string, HeaderText?> Text, HeaderRequest Request, Func<WantedNames, AbiSide> Read)
{
    /// <summary>One of a directory: headers from elsewhere, as the C library's, do not count.</summary>
    public static IncludingHeader Of(InstalledHeaders side, string header, SideRequest request) =>
        new(header, side.Text, side.RequestFor(header, request), wanted => side.Read(header, request, wanted))
        {
            Roots = [Path.GetFullPath(side.Root)],
        };

    /// <summary>One that was named by its path. What it includes may come from anywhere.</summary>
    public static IncludingHeader Of(SideRequest request)
    {
        var (asked, path) = (HeaderSide.RequestFor(request, request.Name, includeName: null), Path.GetFullPath(request.Name));
        // Outside of all directories in which headers are looked for, those next to it are known by their names.
        if (!asked.Directories.Any(directory => path.StartsWith(directory + "/", StringComparison.Ordinal)))
            asked = asked with { IncludeDirectories = [.. asked.IncludeDirectories, Path.GetDirectoryName(path)!] };
        var roots = asked.Directories;
        var name = Path.GetRelativePath(
            roots.Where(root => path.StartsWith(root + "/", StringComparison.Ordinal)).MaxBy(root => root.Length)!, path);
        var texts = new Dictionary<string, HeaderText?>(StringComparer.Ordinal);
        return new(name, Find, asked, wanted => HeaderSide.Extract(request, request.Name, null, wanted, text: null))
        {
            Roots = roots,
        };

        HeaderText? Find(string include)
        {
            if (!texts.TryGetValue(include, out var text))
            {
                var file = roots.Select(root => Path.Combine(root, include))
                    .FirstOrDefault(place => FileKinds.Of(place) == FileKind.Regular);
                texts.Add(include, text = file is null ? null : new(File.ReadAllText(file, Encoding.Latin1)));
            }
            return text;
        }
    }

    /// <summary>Directories under which a file is named as programs include it.</summary>
    private IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>What it really includes, itself or through others: of files that were read those of this side.</summary>
    public IReadOnlySet<string> Reached(IEnumerable<string> files) => files
        .Select(file => file.Contains("/.", StringComparison.Ordinal) ? Path.GetFullPath(file) : file)
        .SelectMany(file => Roots.Where(root => file.StartsWith(root + "/", StringComparison.Ordinal))
            .Select(root => file[(root.Length + 1)..]))
        .ToHashSet(StringComparer.Ordinal);
}
