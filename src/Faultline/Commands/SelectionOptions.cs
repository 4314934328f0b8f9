using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Harness;
using Faultline.Harness.Kernels;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Commands;

/// <summary>Reads which kernels a command line names.</summary>
internal static class SelectionOptions
{
    /// <exception cref="UsageException">A folder, file or variant that does not exist.</exception>
    public static Selection Read(ParseResult parsed)
    {
        var checkout = CheckoutFinder.Find(parsed.GetValue(CommonOptions.Root));
        var folders = new List<string> { checkout.LinuxPatch };
        foreach (var folder in parsed.GetValue(CommonOptions.Patches) ?? [])
        {
            if (!Directory.Exists(folder))
                throw new UsageException(
                    $"--variants {folder}: no such folder; give a folder that holds variant folders, as linux-patch does.");
            folders.Add(Path.GetFullPath(folder));
        }

        var catalog = VariantCatalog.Load(folders);
        var tree = parsed.GetValue(CommonOptions.Tree);
        return new Selection
        {
            Checkout = checkout,
            Catalog = catalog,
            Named = [.. (parsed.GetValue(CommonOptions.Variant) ?? []).Distinct().Select(catalog.Get)],
            Tree = tree is null ? null : KernelSource.FromTree(tree).Folder,
            Fragments = [.. (parsed.GetValue(CommonOptions.Config) ?? []).Select(name => Fragment(checkout, name))],
        };
    }

    private static string Fragment(Checkout checkout, string name)
    {
        var known = Path.Combine(checkout.Fragments, name + ".config");
        if (File.Exists(known))
            return known;
        if (File.Exists(name))
            return Path.GetFullPath(name);
        throw new UsageException($"--config {name}: neither a file nor {Path.GetRelativePath(Environment.CurrentDirectory, known)}.");
    }
}
