using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Commands;

/// <summary>Reads the options that name a developer's own tree, which has no <c>variant.toml</c>.</summary>
internal static class OwnTreeOptions
{
    public static Option<string?> Tree { get; } = new("--tree")
    {
        Description = "a kernel checkout of your own, as its files are now, against what it stands on; it is only read",
        HelpName = "DIR",
    };

    public static Option<string?> Base { get; } = new("--base")
    {
        Description = "with --tree: the revision that your work stands on, or a folder with the unpatched source "
            + "(default: where it leaves the upstream branch, else "
            + "the last v* tag)",
        HelpName = "REV|DIR",
    };

    public static Option<string?> Feature { get; } = new("--feature")
    {
        Description = "with --tree: the macro of the feature bit that your work adds (default: the one that its header has and the "
            + "base's has not)",
        HelpName = "MACRO",
    };

    /// <summary>The tree that is named, or the one that the command is given in; null where the variants are meant.</summary>
    public static NamedTree? Read(ParseResult parsed, Selection selection)
    {
        var named = parsed.GetValue(Tree);
        if (named is not null && selection.Named.Count > 0)
        {
            throw new UsageException(
                $"run --tree {named} compares the tree with what it stands on, and takes no --variant. To apply a variant's series to the "
                + $"tree and test that: 'faultline test --tree {named} --variant {selection.Named[0].Name}'.");
        }

        var tree = named is not null ? KernelSource.FromTree(named)
            : selection.Named.Count == 0 && parsed.GetValue(CommonOptions.Patches) is null or []
                ? KernelSource.TreeAt(Environment.CurrentDirectory) : null;
        var (baseRevision, feature) = (parsed.GetValue(Base), parsed.GetValue(Feature));
        if (tree is null && (baseRevision ?? feature) is not null)
        {
            throw new UsageException(
                "--base and --feature are about a kernel tree of your own: name it with --tree DIR, or run this in it.");
        }

        return tree is null ? null : new NamedTree(tree, baseRevision, feature);
    }
}
