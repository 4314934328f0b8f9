using CliWrap;
using CliWrap.Buffered;

namespace Faultline.Tidy.Tests;

/// <summary>The files of the checkout, as git lists them: tracked ones and new ones that are not ignored.</summary>
internal static class Repository
{
    /// <summary>Files that programs or other projects write; their lines and words are not ours.</summary>
    private static readonly string[] Foreign =
    [
        "tests/Fixtures/", "tests/AbiGenerator.Tests/Goldens/", "linux-patch/COPYING", "LICENSE",
    ];

    public static string Root => CheckoutRoot.Path;

    /// <summary>Paths below <see cref="Root"/>, with forward slashes, in order.</summary>
    public static IReadOnlyList<string> Files { get; } = List();

    /// <summary>The files whose names end so, without those that are not ours to word.</summary>
    public static IEnumerable<string> Ending(params string[] endings) =>
        Files.Where(file => endings.Any(file.EndsWith) && !Foreign.Any(file.StartsWith));

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static string Text(string file) => File.ReadAllText(PathOf(file));

    public static string[] Lines(string file) => File.ReadAllLines(PathOf(file));

    private static List<string> List()
    {
        var listed = CliWrap.Cli.Wrap("git")
            .WithArguments(["-C", Root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .ExecuteBufferedAsync().GetAwaiter().GetResult().StandardOutput;
        return [.. listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(PathOf(file))).Order(StringComparer.Ordinal)];
    }
}
