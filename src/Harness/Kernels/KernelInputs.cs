using Faultline.Harness.Inputs;
using Faultline.Harness.Kconfig;

namespace Faultline.Harness.Kernels;

/// <summary>What a kernel is made from.</summary>
internal static class KernelInputs
{
    /// <summary>The images and the steps that run in them.</summary>
    public const string Tools = "build tools";

    /// <summary>What selects the source, and for a user's tree its content.</summary>
    public const string Source = "source";

    /// <summary>The patches.</summary>
    public const string Series = "series";

    /// <summary>Target, fragments and tag.</summary>
    public const string Config = "config";

    /// <summary>The scripts that a kernel is made with; those of checks and benchmarks lie next to them.</summary>
    private static readonly string[] Steps =
    [
        "lib.sh", "mails.sh", "apply-mails.sh", "prepare-source", "list-snapshot", "borrow-tree", "take-snapshot", "apply-series",
        "configure", "build", "extract",
    ];

    /// <summary>The inputs as they are now, except a user's tree, which is read when it is copied.</summary>
    /// <param name="source">The source's key, of <see cref="Sources.TreeFingerprint"/>.</param>
    public static Stamp Of(Checkout checkout, KernelRequest request, KconfigFragment fragment, string source)
    {
        var image = StepRunner.ImageOf(checkout, request.Source);
        IReadOnlyList<string> steps = [.. Steps.Select(step => Path.Combine(StepRunner.StepsFolder(checkout), step))];
        return new Stamp(
            new Input(Tools, InputHash.Of(hash =>
            {
                hash.Add("image", image.Key);
                foreach (var step in steps)
                    hash.AddFile(Path.GetFileName(step), step);
            }), [.. image.Folders, .. steps]),
            SourceOf(request, source),
            new Input(Series, request.Series.Key, request.Series.Files),
            new Input(Config, InputHash.Of(hash =>
            {
                hash.Add("configuration", ConfigurationOf(fragment));
                hash.Add("tag", request.Tag);
            }), request.Fragments));
    }

    /// <summary>What is asked of kconfig. The tag is none of it: kernels that differ by that alone have one configuration.</summary>
    public static string ConfigurationOf(KconfigFragment fragment) => InputHash.Of(hash =>
    {
        hash.Add("target", fragment.Target);
        hash.Add("lines", fragment.ToConfigLines());
    });

    public static Input SourceOf(KernelRequest request, string key) =>
        new(Source, key, request.Source is Sources.KernelSource.Tree tree ? [tree.Folder] : []);
}
