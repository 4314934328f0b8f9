using System.Security.Cryptography;
using System.Text;
using Faultline.AbiSources.Headers.Untouched;
using Faultline.Machine;

namespace Faultline.AbiSources.Headers;

/// <summary>Fingerprints of headers together with everything they include, to leave out what cannot have changed.</summary>
/// <remarks>Includes are found by their text, also those under a false condition: that can only make a fingerprint differ, never agree.</remarks>
internal sealed class IncludeClosure(string root)
{
    private readonly string _root = Path.GetFullPath(root);
    private readonly Dictionary<string, (string Hash, IReadOnlyList<string>? Includes)> _files = new(StringComparer.Ordinal);

    /// <summary>
    /// The same for two headers exactly when their text and that of all they include, under <c>root</c>, is the same. Null when that cannot be
    /// followed: an include names a macro, or leaves <c>root</c>.
    /// </summary>
    public string? Fingerprint(string header)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([header]);
        while (open.TryPop(out var name))
        {
            if (!reached.Add(name))
                continue;
            if (Read(name).Includes is not { } includes)
                return null;
            foreach (var include in includes)
                open.Push(include);
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in reached)
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{Read(name).Hash}\0"));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private (string Hash, IReadOnlyList<string>? Includes) Read(string name)
    {
        if (_files.TryGetValue(name, out var known))
            return known;
        var content = File.ReadAllBytes(Path.Combine(_root, name));
        var text = Encoding.Latin1.GetString(content);
        return _files[name] = (Convert.ToHexString(SHA256.HashData(content)), IncludesOf(text, Path.GetDirectoryName(name) ?? ""));
    }

    /// <summary>What a text includes, as paths from the root; null when one of them cannot be told.</summary>
    /// <param name="beside">The folder of the text, from the root.</param>
    private List<string>? IncludesOf(string text, string beside)
    {
        var includes = new List<string>();
        foreach (var include in IncludeDirective.In(text))
        {
            if (include.Name is not { } name)
                return null;
            string[] places = [Path.GetFullPath(Path.Combine(_root, name)), Path.GetFullPath(Path.Combine(_root, beside, name))];
            var inside = places.Where(place => place.StartsWith(_root + "/", StringComparison.Ordinal)).ToList();
            var found = inside.Where(place => FileKinds.Of(place) == FileKind.Regular)
               .Select(place => Path.GetRelativePath(_root, place)).ToList();
            if (found.Count == 0 && inside.Count < places.Length)
                return null;
            includes.AddRange(found);
        }
        return includes;
    }
}
