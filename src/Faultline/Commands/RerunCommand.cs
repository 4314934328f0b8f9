using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Report;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline rerun</c>: the last run once more, but only what failed in it.</summary>
internal static class RerunCommand
{
    public static Command Create()
    {
        var command = new Command("rerun", "run again only what failed in the last run or test: these kernels, these tests")
        {
            CommonOptions.From, RoundOptions.Repeat, RoundOptions.Shuffle, RoundOptions.UntilFail, CommonOptions.Timeout,
            ReportPlace.Option, TestListOption.Option, CommonOptions.DryRun, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline rerun",
            "faultline rerun --dry-run",
            "faultline rerun --repeat 20",
            "faultline rerun --until-fail --shuffle",
            "faultline rerun --from artifacts/reports/2026-11-24T010203Z-run-failed");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var checkout = CheckoutFinder.Find(parsed.GetValue(CommonOptions.Root));
        var (folder, report) = parsed.GetValue(CommonOptions.From) is { } from ? ReportArchive.Named(from)
            : ReportArchive.Of(checkout) is [var newest, ..] ? newest
            : throw new UsageException($"{checkout.Artifacts} holds no report: nothing was run yet.");
        if (report.Run is not { } run)
            throw new UsageException($"{folder} does not say which command it is of, so that it cannot be given once more.");
        if (Rerun.Of(report) is not { } rerun)
        {
            var given = string.Join(' ', run.Command);
            Consoles.Error.WriteLine($"faultline: nothing failed in {folder} ('faultline {given}'): nothing to run again");
            return ExitCodes.Ok;
        }

        if (!Directory.Exists(run.Folder))
            throw new UsageException($"{folder} is of a command that was given in {run.Folder}, which is gone.");
        var output = parsed.GetValue(ReportPlace.Option) is { } place ? Path.GetFullPath(place) : null;
        // Its words may name folders from there.
        Environment.CurrentDirectory = run.Folder;
        var words = Words(parsed, rerun, [.. run.Command], checkout.Root, output);
        Consoles.Error.WriteLine($"faultline: in {run.Folder}: faultline {Harness.ShellText.Join([.. words])}");
        if (parsed.GetValue(CommonOptions.DryRun))
            return ExitCodes.Ok;
        return await CommandTree.Create().Parse([.. words]).InvokeAsync(parsed.InvocationConfiguration, cancellation);
    }

    /// <summary>The command that was given, as far as it still says what to run, and what this one adds.</summary>
    private static IReadOnlyList<string> Words(ParseResult parsed, Rerun rerun, string[] given, string root, string? output)
    {
        var before = CommandTree.Create().Parse(given);
        if (before.Errors.Count > 0)
            throw new UsageException($"'faultline {string.Join(' ', given)}' is not a command of this version: {before.Errors[0].Message}");
        var words = CommandWords.Of(before).Without(
            CommonOptions.Json, Bisection.OfVerdicts, CommonOptions.Fresh, CommonOptions.Cold, ReportPlace.Option, CommonOptions.From,
            CommonOptions.DryRun);
        // A tree's kernel and what it stands on are compared with each other, and only run together.
        var ownTree = words.Command is ["run"] && OwnTreeOptions.Read(before, SelectionOptions.Read(before)) is not null;
        if (rerun.Filters.Count > 0)
            words = words.With(CommonOptions.Filter, [.. rerun.Filters, .. ownTree ? (string[])["promise=true"] : []]);
        if (words.Command is ["run"] && !ownTree)
        {
            // Without the control where it did what it has to: of a part of the tests it may have nothing to say.
            words = words.With(CommonOptions.Variant, [.. rerun.Variants]) with { Command = [rerun.NeedsControl ? "run" : "test"] };
        }
        else if (words.Command is ["test"] && rerun.Variants.Count > 0)
        {
            words = words.With(CommonOptions.Variant, [.. rerun.Variants]);
        }

        Option[] rounds = [RoundOptions.Repeat, RoundOptions.Shuffle, RoundOptions.UntilFail];
        Option[] mine = [.. rounds, CommonOptions.Timeout, ReportPlace.Option, TestListOption.Option, CommonOptions.Json];
        var asked = CommandWords.Of(parsed).Options.Where(option => mine.Contains(option.Option)).ToList();
        words = words.Without([.. asked.Select(option => option.Option)]).With(CommonOptions.Root, root);
        // How often and in which order belongs together.
        if (asked.Exists(option => rounds.Contains(option.Option)))
            words = words.Without(rounds);
        words = words with { Options = [.. words.Options, .. asked] };
        return (output is null ? words : words.With(ReportPlace.Option, output)).All;
    }
}
