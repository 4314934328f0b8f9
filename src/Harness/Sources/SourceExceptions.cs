using Faultline.Harness.Judging;

namespace Faultline.Harness.Sources;

/// <summary>A file of linux-patch cannot be used. The message begins with <c>FILE:LINE:</c>.</summary>
internal sealed class VariantFileException(string file, int line, string problem, Exception? inner = null)
    : FaultlineException(
        kind: null, $"{file}:{line}: {problem}{(problem.StartsWith(Unknown, StringComparison.Ordinal) ? Newer : "")}", inner)
{
    private const string Unknown = "unknown ";

    /// <summary>After a pull the files are ahead of the program until it is built again.</summary>
    private const string Newer = " If the file is newer than this faultline, './build.sh build' makes one that knows it.";

    public string File { get; } = file;

    /// <summary>Counted from 1.</summary>
    public int Line { get; } = line;
}

/// <summary>No variant has the requested name.</summary>
/// <param name="name">The name.</param>
/// <param name="known">The folders that were looked through, the user's first, with the variants of each.</param>
internal sealed class UnknownVariantException(string name, IReadOnlyList<(string Folder, IReadOnlyList<string> Variants)> known)
    : FaultlineException(kind: null, $"There is no variant '{name}'{Describe(name, known)}")
{
    public string Name { get; } = name;

    public IReadOnlyList<string> Known { get; } =
        [.. known.SelectMany(place => place.Variants).Order(StringComparer.Ordinal)];

    private static string Describe(string name, IReadOnlyList<(string Folder, IReadOnlyList<string> Variants)> known)
    {
        const string isOne = "with a variant.toml.";
        if (known is [var (_, variants)])
            return $". Known: {Words(variants)}. A variant is a folder of linux-patch {isOne}";
        var places = string.Concat(known.Select(place => $"\n  {place.Folder}: {Words(place.Variants)}"));
        var without = known.Select(place => Path.Combine(place.Folder, name)).FirstOrDefault(Directory.Exists) is { } bare
            ? $"\n{bare} has no variant.toml; 'faultline new-variant' writes one." : "";
        return $"; there are{places}\nA variant is a folder in one of these {isOne}{without}";
    }

    private static string Words(IReadOnlyList<string> variants) => variants.Count == 0 ? "none" : string.Join(", ", variants);
}

/// <summary>A kernel source cannot be used as asked.</summary>
internal sealed class KernelSourceException(string message) : FaultlineException(kind: null, message);

/// <summary>A user's tree cannot be read, or does not hold still (exit code 10).</summary>
internal sealed class TreeUnreadableException(string message) : FaultlineException(VerdictKind.Infrastructure, message);
