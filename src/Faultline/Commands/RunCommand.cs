using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline run</c>: the control and every variant, side by side, with a report.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "build, boot and test the control and every variant; write artifacts/report")
        {
            CommonOptions.Variant, CommonOptions.Patches, OwnTreeOptions.Tree, OwnTreeOptions.Base, OwnTreeOptions.Feature,
            CommonOptions.Config, CommonOptions.Filter, CommonOptions.Accelerator, CommonOptions.BootTimeout, CommonOptions.Timeout,
            CommonOptions.Fresh, RoundOptions.Repeat, RoundOptions.Shuffle, RoundOptions.UntilFail,
            ReportPlace.Option, TestListOption.Option, Bisection.OfVerdicts, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline run",
            "faultline run --variant wp-zeropage --fresh",
            "faultline run --variants ~/my-variants --variant my-variant",
            "cd ~/linux && faultline run",
            "faultline run --tree ~/linux --base v6.12",
            "faultline run --output ~/reports/before-my-fix",
            "faultline run --json 2>progress.jsonl | jq .verdict");
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = SelectionOptions.Read(parsed);
        if (OwnTreeOptions.Read(parsed, selection) is { } tree)
        {
            var options = SuiteOptions.Read(parsed);
            return VerdictRun.RunAsync(
                parsed, selection, progress => OwnTreeRun.PlanAsync(selection, tree, options, progress, cancellation), cancellation);
        }

        var variants = selection.Named.Count > 0 ? [.. selection.Named.Where(variant => variant.Role != VariantRole.Control)]
            : selection.Variants;
        var plan = RunPlan.Of(selection, selection.Control, variants);
        return VerdictRun.RunAsync(parsed, new MainRunRequest(selection, plan, SuiteOptions.Read(parsed), selection.Checkout.Report),
            cancellation);
    }
}
