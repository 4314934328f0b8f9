namespace Faultline.AbiGenerator.Tests;

/// <summary>Where the repository's own files are.</summary>
internal static class Repository
{
    public static string Root => CheckoutRoot.Path;

    /// <summary>Whether goldens are to be written instead of compared.</summary>
    public static bool RewriteGoldens => Environment.GetEnvironmentVariable("FAULTLINE_REWRITE_GOLDENS") == "1";

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    /// <summary>A committed model by the name of its variant.</summary>
    public static string Variant(string name) => Read("linux-patch", name, "userfaultfd.abi.json");

    /// <summary>A model of tests/Fixtures/headers/c.</summary>
    public static string Fixture(string name) => Read("tests", "Fixtures", "headers", "c", name + ".abi.json");
}
