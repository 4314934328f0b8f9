using System.Collections.Concurrent;
using System.Text;
using Faultline.AbiExtractor;
using Faultline.AbiModel;
using Faultline.AbiSources.Headers.Untouched;
using Faultline.AbiSources.Sides;
using Faultline.Machine;

namespace Faultline.AbiSources.Headers;

/// <summary>A directory of headers as <c>make headers_install</c> gives them: complete, and readable by any compiler.</summary>
/// <param name="name">What reports call it.</param>
/// <param name="root">The directory that is searched for <c>linux/types.h</c>.</param>
/// <param name="temporary">A directory that goes away with this object; null when the headers are somebody's own.</param>
public sealed class InstalledHeaders(string name, string root, string? temporary = null) : IDisposable
{
    private readonly ConcurrentDictionary<string, HeaderText?> _texts = new(StringComparer.Ordinal);
    private readonly Lazy<HeaderFolder> _folder = new(() => new(root));

    public string Name { get; } = name;

    public string Root { get; } = root;

    /// <summary>Whether other packages may have headers in the same folders.</summary>
    internal bool Shares { get; init; }

    /// <summary>Where headers find what is not the kernel's, behind all else.</summary>
    internal IReadOnlyList<string> Behind { get; init; } = [];

    /// <summary>Every header that can be read, as programs include it, sorted.</summary>
    public IReadOnlyList<string> List() => _folder.Value.Readable;

    /// <summary>
    /// What stands in the folder under the name of a header and cannot be read, such as a link that leads nowhere or a pipe.
    /// </summary>
    public IReadOnlyList<UnreadHeaders> Unread() =>
        [.. _folder.Value.Unread.Select(unread => new UnreadHeaders(Name, unread.Because, unread.Names))];

    /// <summary>The text of one header; null when the header is missing.</summary>
    public HeaderText? Text(string header) => _texts.GetOrAdd(header, name =>
        Path.Combine(Root, name) is var path && FileKinds.Of(path) == FileKind.Regular
            ? new(File.ReadAllText(path, Encoding.Latin1)) : null);

    /// <summary>The model of one header.</summary>
    /// <param name="wanted">Names to look for in the headers that it includes too; null takes those of the request's
    /// <see cref="SideRequest.Names"/>.</param>
    /// <exception cref="SideException">There is no such header.</exception>
    /// <exception cref="AbiExtractor.ExtractionException">It does not compile.</exception>
    public AbiSide Read(string header, SideRequest request, WantedNames? wanted = null)
    {
        var path = Path.Combine(Root, header);
        if (!File.Exists(path))
            throw new SideException($"{Name} holds no installed {header}. --header names another, as programs include it.");
        wanted ??= request.Names is { } names ? WantedNames.Of(names) : null;
        return HeaderSide.Extract(Here(request), path, header, wanted, Text(header));
    }

    /// <summary>The directories in which the compiler looks for what a header includes.</summary>
    public IReadOnlyList<string> DirectoriesFor(string header, SideRequest request) => RequestFor(header, request).Directories;

    /// <summary>How the extractor is asked for a header.</summary>
    internal HeaderRequest RequestFor(string header, SideRequest request) =>
        HeaderSide.RequestFor(Here(request), Path.Combine(Root, header), header);

    /// <summary>What a header includes, or may, that is a pipe or such: a compiler would wait for it. Null when there is none.</summary>
    internal string? Unopenable(string header, SideRequest request)
    {
        var others = Unread().SelectMany(unread => unread.Names).Where(name => File.Exists(Path.Combine(Root, name)))
            .ToHashSet(StringComparer.Ordinal);
        return others.Count == 0 ? null
            : new IncludeReach(Root, DirectoriesFor(header, request)).Of(header)?.FirstOrDefault(others.Contains);
    }

    /// <remarks>What the user adds, for example the C library's headers, never stands before the headers that are compared.</remarks>
    private SideRequest Here(SideRequest request) =>
        request with { Name = Name, IncludeDirectories = [Root, .. request.IncludeDirectories, .. Behind] };

    public void Dispose()
    {
        if (temporary is not null && Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
    }
}
