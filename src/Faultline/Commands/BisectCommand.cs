using System.CommandLine;
using Faultline.AbiDiff;
using Faultline.AbiSources;
using Faultline.Cli.Bisecting;
using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Sources;
using Faultline.Harness.Sources.Bisecting;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline bisect</c>: the first commit after which a row shows something else, or a header differs.</summary>
internal static class BisectCommand
{
    private static readonly Argument<string> Good = new("GOOD") { Description = "a revision of the tree where all is well" };

    private static readonly Argument<string> Bad = new("BAD") { Description = "a later one where it is not" };

    private static readonly Option<string> Tree = new("--tree")
    {
        Description = "git checkout of the kernel; it is only read", HelpName = "DIR", Required = true,
    };

    private static readonly Option<string[]> Row = new("--row")
    {
        Description = "a row (R12) or one scenario of it (R31-mprotect) that shows something else since; repeatable", HelpName = "ROW",
    };

    private static readonly Option<bool> Abi = new("--abi")
    {
        Description = "a change of the header since GOOD that is over the bar of --fail-on; no kernel is built",
    };

    private static readonly Option<string> Header = new("--header")
    {
        Description = "with --abi: the header, as programs include it",
        HelpName = "NAME",
        DefaultValueFactory = _ => SideRequest.DefaultHeader,
    };

    private static readonly Option<string> FailOn = new("--fail-on")
    {
        Description = "with --abi: the least severe change that counts",
        HelpName = "breaking|risky|any",
        DefaultValueFactory = _ => "breaking",
    };

    private static readonly Option<bool> Restart = new("--restart") { Description = "forget what was answered before" };

    public static Command Create()
    {
        FailOn.AcceptOnlyFromAmong("breaking", "risky", "any");
        var command = new Command("bisect",
            "find the first commit after which a row shows something else than at GOOD, or the ABI changes; run it again to go on")
        {
            Good, Bad, Tree, Row, Abi, Header, FailOn, Restart, CommonOptions.Variant, CommonOptions.Patches, CommonOptions.Config,
            CommonOptions.Accelerator, CommonOptions.BootTimeout, CommonOptions.Timeout, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline bisect --tree ~/linux v6.3 v6.4 --row R12",
            "faultline bisect --tree ~/linux v6.1 v6.12 --abi --fail-on any",
            "faultline bisect --tree ~/linux v6.1 v6.12 --abi --header linux/kvm.h",
            "faultline bisect --tree ~/linux v6.12 HEAD --row R31-mprotect --json | jq -r .commit");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = SelectionOptions.Read(parsed) with { Tree = null };
        var tree = KernelSource.FromTree(parsed.GetRequiredValue(Tree));
        var (rows, abi, json) = (parsed.GetValue(Row) ?? [], parsed.GetValue(Abi), parsed.GetValue(CommonOptions.Json));
        if (abi == rows.Length > 0)
            throw new UsageException("bisect asks one thing: name it with --row ROW, or with --abi.");
        if (selection.Named.Count > 1)
            throw new UsageException("bisect takes one --variant: the one whose feature the rows ask for.");
        RequireKnown(rows, SuiteRows.Of(selection.Checkout));
        var good = parsed.GetRequiredValue(Good);
        var home = Path.Combine(selection.Checkout.Trees, tree.ShortName, "bisect");
        using var checkoutLock = await CheckoutLock.TakeAsync(selection.Checkout, json, cancellation);
        var repository = new BisectRepository(tree.Folder, home);
        if (parsed.GetValue(Restart))
            repository.Forget();
        var first = await repository.CommitAsync(good, cancellation);
        IBisectQuestion question = abi
            ? new AbiQuestion(tree.Folder, first, parsed.GetRequiredValue(Header), Bar(parsed.GetRequiredValue(FailOn)))
            : new RowQuestion(
                selection, TreeGit.Require(tree.Folder, "to bisect"), home, rows, SuiteOptions.ReadGuest(parsed));
        return await new BisectRun(repository, question, json, cancellation).RunAsync(good, parsed.GetRequiredValue(Bad));
    }

    /// <summary>A row that does not exist would show nothing at either end, after hours.</summary>
    private static void RequireKnown(IEnumerable<string> rows, SuiteRows known)
    {
        if (rows.FirstOrDefault(row => !known.Has(row)) is { } unknown)
        {
            throw new UsageException($"--row {unknown}: the suite has no such row; near it {string.Join(", ", known.NearTo(unknown))} "
                + "(docs/rows.md has all).");
        }
    }

    private static Severity Bar(string failOn) => failOn switch
    {
        "any" => Severity.Compatible,
        "risky" => Severity.Risky,
        _ => Severity.Breaking,
    };
}
