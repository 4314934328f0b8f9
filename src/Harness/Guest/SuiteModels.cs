using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Guest;

/// <summary>ABI models whose tests are compiled into one suite.</summary>
/// <param name="Files">A file for each content.</param>
internal sealed record SuiteModels(IReadOnlyList<string> Files)
{
    /// <summary>
    /// Those of the checkout when the kernel's is one of them, so that one suite serves every kernel of a run; else the kernel's alone:
    /// a header that is being edited compiles no more than itself.
    /// </summary>
    /// <param name="model">The kernel's model.</param>
    /// <param name="root">Of the checkout.</param>
    public static SuiteModels For(string model, string root)
    {
        var committed = Directory.EnumerateFiles(Path.Combine(root, "linux-patch"), "userfaultfd.abi.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).DistinctBy(NameOf).ToList();
        var name = NameOf(model);
        return new(committed.Exists(file => NameOf(file) == name) ? committed : [model]);
    }

    /// <summary>What the suite calls a model: part of a namespace, made from its content.</summary>
    public static string NameOf(string model) => "M" + FileDigest.OfFile(model).Sha256[..12];

    /// <summary>The names of all, in order.</summary>
    public override string ToString() => string.Join(", ", Files);

    /// <summary>Writes each model as <c>NAME.json</c>. What is there already stays untouched, for compilers look at times.</summary>
    /// <param name="buildFolder">Around the folder of models.</param>
    /// <returns>The folder.</returns>
    public string WriteTo(string buildFolder)
    {
        var folder = Path.Combine(buildFolder, "models");
        Directory.CreateDirectory(folder);
        var wanted = Files.ToDictionary(file => Path.Combine(folder, NameOf(file) + ".json"));
        foreach (var stale in Directory.EnumerateFiles(folder).Where(file => !wanted.ContainsKey(file)))
            File.Delete(stale);
        foreach (var (target, source) in wanted.Where(pair => !File.Exists(pair.Key)))
            File.Copy(source, target);
        return Path.GetFullPath(folder);
    }
}
