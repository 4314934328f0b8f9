using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline run</c>: the control and every variant, side by side, with a report.</summary>
internal static class RunCommand
{
    /// <summary>Hidden, and answered in words: other commands have it.</summary>
    private static readonly Option<string?> Tree = new("--tree") { HelpName = "DIR", Hidden = true };

    public static Command Create()
    {
        var command = new Command("run", "build, boot and test the control and every variant; write artifacts/report")
        {
            CommonOptions.Variant, CommonOptions.Patches, Tree, CommonOptions.Config, CommonOptions.Filter,
            CommonOptions.Accelerator, CommonOptions.BootTimeout, CommonOptions.Timeout, CommonOptions.Fresh, Bisection.OfVerdicts,
                CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline run",
            "faultline run --variant wp-zeropage --fresh",
            "faultline run --variants ~/my-variants --variant my-variant",
            "faultline run --json 2>progress.jsonl | jq .verdict");
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Tree) is { } tree)
        {
            throw new UsageException(
                $"run --tree {tree}: a run compares variants with the control on one source, and a tree of your own would be both sides. "
                + $"To build it: 'faultline kernel build --tree {tree}'. "
                + $"To apply one variant's series to it and test that: 'faultline test --tree {tree} --variant NAME'.");
        }

        var selection = SelectionOptions.Read(parsed);
        var variants = selection.Named.Count > 0 ? [.. selection.Named.Where(variant => variant.Role != VariantRole.Control)]
            : selection.Variants;
        var plan = RunPlan.Of(selection, selection.Control, variants);
        return VerdictRun.RunAsync(parsed, new MainRunRequest(selection, plan, SuiteOptions.Read(parsed), selection.Checkout.Report),
            cancellation);
    }
}
