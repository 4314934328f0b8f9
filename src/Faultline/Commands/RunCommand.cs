using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;
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
            CommonOptions.Config, CommonOptions.Filter, ProgramOptions.Suite, CommonOptions.Accelerator,
            CommonOptions.BootTimeout, CommonOptions.Timeout,
            CommonOptions.Fresh, CommonOptions.Cold, RoundOptions.Repeat, RoundOptions.Shuffle, RoundOptions.UntilFail,
            ReportPlace.Option, TestListOption.Option, Bisection.OfVerdicts, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline run",
            "faultline run --variant wp-zeropage --fresh",
            "faultline run --variants ~/my-variants --variant my-variant",
            "faultline run --suite builtin --suite selftests:mm",
            "faultline run --suite selftests-6.12/mm=~/linux-6.12/tools/testing/selftests/mm",
            "cd ~/linux && faultline run",
            "faultline run --tree ~/linux --base v6.12",
            "faultline run --output ~/reports/before-my-fix",
            "faultline run --json 2>progress.jsonl | jq .verdict");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (selection, options) = (SelectionOptions.Read(parsed), SuiteOptions.Read(parsed));
        if (!parsed.GetValue(TestListOption.Option))
            return await VerdictRun.RunAsync(parsed, selection, Plan(parsed, selection, options, cancellation), cancellation);
        // A tree's base lies in a folder that belongs to whoever is at work in the checkout.
        using var held = CheckoutLock.TryTake(selection.Checkout, out var isFree);
        var scratch = isFree ? null : Directory.CreateTempSubdirectory("faultline-").FullName;
        try
        {
            return await VerdictRun.ListAsync(parsed, Plan(parsed, selection, options, cancellation, scratch), cancellation);
        }
        finally
        {
            if (scratch is not null)
                Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>What the command line asks for: a tree of one's own against its base, or variants against the control.</summary>
    /// <param name="scratch">A folder to look at a tree in, for who runs nothing; null to write what a run needs to the checkout.</param>
    public static Func<IProgress<HarnessEvent>, Task<MainRunRequest>> Plan(
        ParseResult parsed, Selection selection, RunOptions options, CancellationToken cancellation, string? scratch = null)
    {
        if (OwnTreeOptions.Read(parsed, selection) is { } tree)
            return progress => OwnTreeRun.PlanAsync(selection, tree, options, progress, cancellation, scratch);
        var variants = selection.Named.Count > 0 ? [.. selection.Named.Where(variant => variant.Role != VariantRole.Control)]
            : selection.Variants;
        var request = new MainRunRequest(selection, RunPlan.Of(selection, selection.Control, variants), options, selection.Checkout.Report);
        return _ => Task.FromResult(request);
    }
}
