using Faultline.AbiModel;

namespace Faultline.AbiDiff.Tests;

/// <summary>Where the repository's own files are.</summary>
internal static class Repository
{
    public static string Root => CheckoutRoot.Path;

    public static bool RewriteGoldens => Environment.GetEnvironmentVariable("FAULTLINE_REWRITE_GOLDENS") == "1";

    /// <summary>A committed model by the name of its variant.</summary>
    public static AbiSpec Variant(string name) => AbiFile.Parse(File.ReadAllText(Path.Combine(Root, "linux-patch", name, "userfaultfd.abi.json")));

    public static AbiSide Side(string variant) => new(variant, Variant(variant));
}
