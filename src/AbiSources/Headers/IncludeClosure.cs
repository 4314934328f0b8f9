using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Faultline.AbiSources.Headers;

/// <summary>Fingerprints of headers together with everything they include, to leave out what cannot have changed.</summary>
/// <remarks>Includes are found by their text, also those under a false condition: that can only make a fingerprint differ, never agree.</remarks>
internal sealed partial class IncludeClosure(string root)
{
    private readonly Dictionary<string, (string Text, IReadOnlyList<string> Includes)> _files = new(StringComparer.Ordinal);

    /// <summary>The same for two headers exactly when their text and that of all they include, under <c>root</c>, is the same.</summary>
    public string Fingerprint(string header)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([header]);
        while (open.TryPop(out var name))
        {
            if (!reached.Add(name))
                continue;
            foreach (var include in Read(name).Includes)
                open.Push(include);
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in reached)
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{Read(name).Text}\0"));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private (string Text, IReadOnlyList<string> Includes) Read(string name)
    {
        if (_files.TryGetValue(name, out var known))
            return known;
        var text = File.ReadAllText(Path.Combine(root, name), Encoding.Latin1);
        var beside = Path.GetDirectoryName(name) ?? "";
        var includes = Include().Matches(text)
            .SelectMany(match => new[] { match.Groups[1].Value, Path.Combine(beside, match.Groups[1].Value) })
            .Where(include => File.Exists(Path.Combine(root, include)))
            .ToList();
        return _files[name] = (text, includes);
    }

    [GeneratedRegex("""^[ \t]*#[ \t]*include[ \t]*[<"]([A-Za-z0-9_][^">]*)[">]""", RegexOptions.Multiline)]
    private static partial Regex Include();
}
