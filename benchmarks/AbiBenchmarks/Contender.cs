using System.Collections;
using Faultline.AbiExtractor.Clang;

namespace Faultline.AbiBenchmarks;

/// <summary>A program that reads a header.</summary>
/// <param name="Name">Its column.</param>
/// <param name="Package">What to install when it is missing.</param>
/// <param name="Arguments">The command line for a header; the second argument is a file to write to.</param>
internal sealed record Contender(string Name, string Program, string Package, Func<string, string, IReadOnlyList<string>> Arguments)
{
    /// <summary>The variables it runs with: this process's, and the same libclang for all.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = OfThisProcess();

    /// <summary>The one that is measured against each of the others.</summary>
    public static Contender Faultline(string root) => new(
        "faultline", Path.Combine(root, "artifacts", "bin", "faultline"), "./build.sh build", (header, output) => ["abi", "extract", header, "-o", output]);

    public static IReadOnlyList<Contender> Others { get; } =
    [
        Bindgen("bindgen"),
        // Without llvm-config and clang on the PATH it cannot ask them for directories, which takes longer than reading a header.
        Bindgen("bindgen alone") with { Environment = new Dictionary<string, string>(OfThisProcess()) { ["PATH"] = "/nonexistent" } },
        new("clang -ast-dump=json", Find("clang"), "clang", (header, _) => ["-x", "c", "-fsyntax-only", "-Xclang", "-ast-dump=json", header]),
    ];

    /// <summary>Peak memory comes from time(1): a program started by this one would inherit the peak of this one.</summary>
    public static string TimeProgram { get; } = Find("time");

    public bool IsMissing => !File.Exists(Program);

    // Formatting is a program of its own that bindgen starts; without it, it is bindgen at its fastest.
    private static Contender Bindgen(string name) => new(name, Find("bindgen"), "bindgen", (header, output) => [header, "--no-rustfmt-bindings", "-o", output]);

    private static Dictionary<string, string> OfThisProcess() =>
        new(System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, (string)entry.Value!)))
        {
            ["LIBCLANG_PATH"] = LibclangLocator.LoadedPath,
        };

    private static string Find(string name) => (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists) ?? name;
}
