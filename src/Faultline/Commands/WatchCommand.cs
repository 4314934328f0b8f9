using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Cli.Watching;
using Faultline.Harness.Guest;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline watch</c>: a run after each save.</summary>
internal static class WatchCommand
{
    private static readonly Option<bool> UntilPass = new("--until-pass")
    {
        Description = "end with exit code 0 after the first run that passes",
    };

    public static Command Create()
    {
        var command = new Command("watch",
            "run now, and again after each save of your tree, a series, a fragment or the suite; a newer save ends the run in progress")
        {
            CommonOptions.Variant, CommonOptions.Patches, OwnTreeOptions.Tree, OwnTreeOptions.Base, OwnTreeOptions.Feature,
            CommonOptions.Config, CommonOptions.Filter, ProgramOptions.Suite, CommonOptions.Accelerator,
            CommonOptions.BootTimeout, CommonOptions.Timeout,
            ReportPlace.Option, UntilPass,
        };
        command.SetAction(RunAsync);
        return command.With(
            "cd ~/linux && faultline watch",
            "faultline watch --tree ~/linux --base v6.12",
            "faultline watch --variants ~/my-variants --variant my-variant",
            "faultline watch --variant wp-unpopulated --filter row=R12",
            "faultline watch --tree ~/linux --until-pass && git -C ~/linux commit --all");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        // What is wrong on the command line ends this; what goes wrong later may be mended by the next save.
        var selection = SelectionOptions.Read(parsed);
        var tree = OwnTreeOptions.Read(parsed, selection);
        List<string> folders = [.. Folders(selection, tree)];
        using var changes = new SourceChanges(folders);
        changes.Before = new KnownContents(tree?.Source.Folder, folders, DigestCache.FolderOfUser()).Find;
        var screen = new WatchScreen(
            Consoles.Out, Consoles.Out.CanRedraw && Consoles.Error.CanRedraw ? Consoles.Screen : null, () => DateTime.Now,
            VerdictSummary.Print);
        var loop = new WatchLoop(changes.NextAsync, (last, ending) => OneAsync(parsed, last, screen.Standing, ending), screen);
        try
        {
            return await loop.RunAsync(parsed.GetValue(UntilPass), cancellation);
        }
        finally
        {
            screen.End();
        }
    }

    private static async Task<WatchedRound> OneAsync(
        ParseResult parsed, WatchedRound? last, string standing, CancellationToken cancellation)
    {
        try
        {
            var selection = SelectionOptions.Read(parsed);
            var options = SuiteOptions.Read(parsed) with { First = last?.FailedTests ?? [] };
            var words = CommandWords.Of(parsed).Without(UntilPass) with { Command = ["run"] };
            using var checkoutLock = await CheckoutLock.TakeAsync(selection.Checkout, json: false, cancellation);
            var plan = RunCommand.Plan(parsed, selection, options, cancellation);
            var (report, folder) = await VerdictRun.ReportAsync(
                words, plan, ReportPlace.Read(parsed), json: false, standing, cancellation);
            return new WatchedRound(report, folder, Failure: null);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && Failures.Describe(e) is { } failure)
        {
            return new WatchedRound(Report: null, Folder: "", failure);
        }
    }

    /// <summary>Where everything lies that a run is made from.</summary>
    private static IEnumerable<string> Folders(Selection selection, NamedTree? tree)
    {
        var checkout = selection.Checkout;
        return
        [
            .. tree is null ? (string[])[] : [tree.Source.Folder],
            checkout.LinuxPatch, .. selection.Catalog.Variants.Select(variant => Path.GetDirectoryName(variant.Folder)!),
            .. selection.Fragments.Select(fragment => Path.GetDirectoryName(fragment)!),
            checkout.Images, .. PayloadPublisher.FoldersOf(checkout),
        ];
    }
}
