using System.CommandLine;
using Faultline.Cli.Runs;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline record</c>: what a run observed becomes what is expected.</summary>
internal static class RecordCommand
{
    private static readonly Argument<string[]> Rows = new("ROW")
    {
        Description = "a row (R12) or one scenario of it (R31-mprotect); none: every row that did not do what is expected",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create()
    {
        var command = new Command(
            "record", "write what the last run of a kernel observed into its variant.toml, marked as to be reviewed")
        {
            Rows, CommonOptions.Variant, CommonOptions.Kernel, CommonOptions.Patches, CommonOptions.Tree, CommonOptions.Config,
            CommonOptions.From, CommonOptions.DryRun, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline record --variants ~/my-variants --variant my-feature",
            "faultline record --variants ~/my-variants --variant my-feature R39-again R12",
            "faultline record --variant upstream --kernel running --dry-run",
            "faultline record --variant wp-zeropage R20 --from artifacts/reports/2026-11-24T010203Z-run-failed");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = SelectionOptions.Read(parsed);
        if (selection.Named is not [var variant])
            throw new UsageException("record takes one --variant: the one whose variant.toml is written.");
        var json = parsed.GetValue(CommonOptions.Json);
        var running = parsed.GetValue(CommonOptions.Kernel) is not null;
        var kernel = running ? PlannedKernel.OfThisMachine(variant, selection) : PlannedKernel.Of(variant, selection);
        using var checkoutLock = await CheckoutLock.TakeAsync(selection.Checkout, json, cancellation);
        var run = VariantFiles.TestCommand(parsed, running, variant.Name);
        var recording = Recording.Of(kernel, selection.Checkout, parsed.GetValue(CommonOptions.From), run);
        var rows = recording.Rows(variant.Expect, parsed.GetValue(Rows) ?? []);
        var path = Path.Combine(variant.Folder, "variant.toml");
        var before = VariantFiles.Read(path);
        var change = new FileChange(path, before, VariantFiles.With(path, before, rows.Changed));
        return VariantFiles.Finish(change, rows, recording, json, parsed.GetValue(CommonOptions.DryRun));
    }
}
