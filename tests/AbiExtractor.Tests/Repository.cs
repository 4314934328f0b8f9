namespace Faultline.AbiExtractor.Tests;

/// <summary>Where the repository's own files are.</summary>
internal static class Repository
{
    public static string Root => CheckoutRoot.Path;

    public static string Headers => Path.Combine(Root, "tests", "Fixtures", "headers");

    /// <summary>Whether goldens are to be written instead of compared.</summary>
    public static bool RewriteGoldens => Environment.GetEnvironmentVariable("FAULTLINE_REWRITE_GOLDENS") == "1";
}

/// <summary>A directory that goes away with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("faultline-abi-").FullName;

    /// <summary>Writes a file into it and gives its path.</summary>
    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
