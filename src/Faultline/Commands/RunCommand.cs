using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline run</c>: the control and every variant, side by side, with a report.</summary>
internal static class RunCommand
{
    private static readonly Option<string?> Tree = new("--tree")
    {
        Description = "a kernel checkout of your own, as its files are now, against what it stands on; it is only read",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Base = new("--base")
    {
        Description = "with --tree: the revision that your work stands on (default: where it leaves the upstream branch, else the last "
            + "v* tag)",
        HelpName = "REV",
    };

    private static readonly Option<string?> Feature = new("--feature")
    {
        Description = "with --tree: the macro of the feature bit that your work adds (default: the one that its header has and the "
            + "base's has not)",
        HelpName = "MACRO",
    };

    public static Command Create()
    {
        var command = new Command("run", "build, boot and test the control and every variant; write artifacts/report")
        {
            CommonOptions.Variant, CommonOptions.Patches, Tree, Base, Feature, CommonOptions.Config, CommonOptions.Filter,
            CommonOptions.Accelerator, CommonOptions.BootTimeout, CommonOptions.Timeout, CommonOptions.Fresh, Bisection.OfVerdicts,
                CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline run",
            "faultline run --variant wp-zeropage --fresh",
            "faultline run --variants ~/my-variants --variant my-variant",
            "cd ~/linux && faultline run",
            "faultline run --tree ~/linux --base v6.12",
            "faultline run --json 2>progress.jsonl | jq .verdict");
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = SelectionOptions.Read(parsed);
        if (TreeOf(parsed, selection) is { } tree)
        {
            var options = SuiteOptions.Read(parsed);
            return VerdictRun.RunAsync(parsed, selection, progress => OwnTreeRun.PlanAsync(
                selection, tree, parsed.GetValue(Base), parsed.GetValue(Feature), options, progress, cancellation), cancellation);
        }

        var variants = selection.Named.Count > 0 ? [.. selection.Named.Where(variant => variant.Role != VariantRole.Control)]
            : selection.Variants;
        var plan = RunPlan.Of(selection, selection.Control, variants);
        return VerdictRun.RunAsync(parsed, new MainRunRequest(selection, plan, SuiteOptions.Read(parsed), selection.Checkout.Report),
            cancellation);
    }

    /// <summary>The tree that is named, or the one that the command is given in; null where the variants are meant.</summary>
    private static KernelSource.Tree? TreeOf(ParseResult parsed, Selection selection)
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
        if (tree is null && (parsed.GetValue(Base) ?? parsed.GetValue(Feature)) is not null)
        {
            throw new UsageException(
                "--base and --feature are about a kernel tree of your own: name it with --tree DIR, or run this in it.");
        }

        return tree;
    }
}
