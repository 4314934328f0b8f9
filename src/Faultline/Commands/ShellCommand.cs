using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Shells;
using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Guest.Shells;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline shell</c>: one kernel, booted, with a shell in place of the suite.</summary>
internal static class ShellCommand
{
    private static readonly Option<string?> Share = new("--share")
    {
        Description = "a folder to look at in the guest, as /share, read-only; its files are copied as they are now",
        HelpName = "DIR",
    };

    private static readonly Option<bool> Gdb = new("--gdb")
    {
        Description = "open QEMU's stub for gdb, and print the command that attaches to it",
    };

    public static Command Create()
    {
        var command = new Command("shell",
            "boot one kernel, built if needed, and use a shell in the guest, with the suite at hand (suite R12); base when none is named")
        {
            CommonOptions.Variant, CommonOptions.Patches, OwnTreeOptions.Tree, OwnTreeOptions.Base, CommonOptions.Config,
            ProgramOptions.Suite, Share, Gdb, CommonOptions.Accelerator, CommonOptions.BootTimeout,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline shell --variant wp-zeropage",
            "cd ~/linux && faultline shell",
            "cd ~/linux && faultline shell --suite selftests:mm",
            "faultline shell --tree ~/linux --share ~/linux/tools/testing/selftests/mm",
            "faultline shell --variant wp-unpopulated --config debug --gdb",
            "echo 'uname -r; suite R12' | faultline shell --variant wp-unpopulated");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = SelectionOptions.Read(parsed);
        if (selection.Named.Count > 1)
            throw new UsageException("shell boots one kernel: name one --variant.");
        var tree = parsed.GetValue(OwnTreeOptions.Tree) is not null && selection.Named.Count > 0
            ? null : OwnTreeOptions.Read(parsed, selection);
        var share = parsed.GetValue(Share);
        if (share is not null && !Directory.Exists(share))
            throw new UsageException($"--share {share}: no such folder.");
        var options = SuiteOptions.ReadGuest(parsed) with
        {
            // Programs that nobody starts by themselves are there when they are asked for.
            Suites = ProgramOptions.Read(parsed, SuiteRounds.Once) with { Declared = false },
        };
        var run = new ShellRun(selection, tree, options, cancellation)
        {
            Share = share is null ? null : SharedFolder.Read(Path.GetFullPath(share), cancellation),
            Gdb = parsed.GetValue(Gdb),
        };
        return await run.RunAsync();
    }
}
