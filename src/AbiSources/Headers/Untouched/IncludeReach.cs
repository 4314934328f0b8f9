using System.Text;
using Faultline.Machine;

namespace Faultline.AbiSources.Headers.Untouched;

/// <summary>
/// What the headers of one side include, looked for in the directories that a compiler looks into. It is more than a compiler reads:
/// conditions are not looked at.
/// </summary>
/// <param name="root">The directory of the side.</param>
/// <param name="directories">All directories in which includes are looked for, that of the side too, in this order.</param>
internal sealed class IncludeReach(string root, IReadOnlyList<string> directories)
{
    private readonly string _root = Path.GetFullPath(root) + "/";
    private readonly Dictionary<string, (string Text, IReadOnlyList<string>? Includes)?> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlySet<string>?> _reached = new(StringComparer.Ordinal);

    /// <summary>A file's text; null when there is none.</summary>
    /// <param name="file">Its place below the side's directory, or a path when it is elsewhere.</param>
    public string? Text(string file) => Read(file)?.Text;

    /// <summary>The file and all that it includes, itself or through others; null when an include names a macro.</summary>
    public IReadOnlySet<string>? Of(string file)
    {
        if (_reached.TryGetValue(file, out var known))
            return known;
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([file]);
        while (open.TryPop(out var name))
        {
            if (!reached.Add(name) || Read(name) is not { } read)
                continue;
            if (read.Includes is null)
                return _reached[file] = null;
            foreach (var include in read.Includes)
                open.Push(include);
        }
        return _reached[file] = reached;
    }

    private (string Text, IReadOnlyList<string>? Includes)? Read(string file)
    {
        if (_files.TryGetValue(file, out var known))
            return known;
        var path = Path.Combine(_root, file);
        if (FileKinds.Of(path) != FileKind.Regular)
            return _files[file] = null;
        var text = File.ReadAllText(path, Encoding.Latin1);
        return _files[file] = (text, IncludesOf(text, Path.GetDirectoryName(path)!));
    }

    private List<string>? IncludesOf(string text, string beside)
    {
        var includes = new List<string>();
        foreach (var include in IncludeDirective.In(text))
        {
            if (include.Name is not { } name)
                return null;
            var found = (include.IsBeside ? directories.Prepend(beside) : directories)
                .Select(directory => Path.GetFullPath(Path.Combine(directory, name))).Where(File.Exists).Select(NameOf);
            includes.AddRange(include.IsNext ? found : found.Take(1));
        }
        return includes;
    }

    private string NameOf(string path) => path.StartsWith(_root, StringComparison.Ordinal) ? path[_root.Length..] : path;
}
