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
internal sealed class UnknownVariantException(string name, IReadOnlyList<string> known)
    : FaultlineException(
        kind: null,
        $"There is no variant '{name}'. Known: {(known.Count == 0 ? "none" : string.Join(", ", known))}. "
        + "A variant is a folder of linux-patch with a variant.toml.")
{
    public string Name { get; } = name;

    public IReadOnlyList<string> Known { get; } = known;
}

/// <summary>A kernel source cannot be used as asked.</summary>
internal sealed class KernelSourceException(string message) : FaultlineException(kind: null, message);

/// <summary>A user's tree cannot be read, or does not hold still (exit code 10).</summary>
internal sealed class TreeUnreadableException(string message) : FaultlineException(VerdictKind.Infrastructure, message);
