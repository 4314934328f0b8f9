using System.CommandLine;
using Faultline.AbiSources;
using Faultline.Cli.Terminal;
using Faultline.Harness.Series.Exchange;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline series</c>: between a variant's folder and a git tree.</summary>
internal static class SeriesCommand
{
    private static readonly Option<string> Tree = new("--tree")
    {
        Description = "git checkout of the kernel", HelpName = "DIR", Required = true,
    };

    private static readonly Argument<string> Range = new("BASE..HEAD") { Description = "the commits of the series, in the tree" };

    private static readonly Option<bool> NoRefresh = new("--no-refresh")
    {
        Description = "leave model and drift as they are; 'faultline abi refresh' makes them",
    };

    private static readonly Option<string?> Branch = new("--branch")
    {
        Description = "the branch's name (default: the variant's)", HelpName = "NAME",
    };

    private static readonly Option<string> Base = new("--base")
    {
        Description = "the commit that the branch begins with", HelpName = "REV", DefaultValueFactory = _ => "HEAD",
    };

    public static Command Create()
    {
        var import = new Command("import",
            "write commits of a git tree into a variant's folder, in place of its patches; the cover letter stays, model and drift follow")
        {
            Range, Tree, CommonOptions.Variant, CommonOptions.Patches, NoRefresh, CommonOptions.Json,
        };
        import.SetAction(ImportAsync);
        import.With(
            "faultline series import --tree ~/linux v6.1..my-branch --variant my-feature",
            "faultline series import --tree ~/linux base..HEAD --variants ~/my-variants --variant my-feature --no-refresh");
        var export = new Command("export", "make a branch of a variant's series in a git tree, of which nothing else is touched")
        {
            Tree, CommonOptions.Variant, CommonOptions.Patches, Branch, Base,
        };
        export.SetAction(ExportAsync);
        export.With(
            "faultline series export --variant wp-unpopulated --tree ~/linux --base v6.1",
            "faultline series export --variant wp-zeropage --tree ~/linux --branch uffd/zeropage-v3");
        return new Command("series", "take a series into linux-patch from a git tree, and back") { import, export };
    }

    private static async Task<int> ImportAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = SelectionOptions.Read(parsed) with { Tree = null };
        var variant = Named(selection, "import");
        if (variant.Role == VariantRole.Control)
            throw new UsageException($"--variant {variant.Name}: a control has no patches; make a variant (faultline new-variant).");
        var range = parsed.GetRequiredValue(Range);
        if (!RevisionName.TrySplitRange(range, out var onto, out var head))
            throw new UsageException($"'{range}' is not a range: write BASE..HEAD, for example v6.1..my-branch.");
        var tree = KernelSource.FromTree(parsed.GetRequiredValue(Tree)).Folder;
        var json = parsed.GetValue(CommonOptions.Json);
        using (await CheckoutLock.TakeAsync(selection.Checkout, json, cancellation))
        {
            var (patches, remarks) = await new SeriesImport(tree).RunAsync(variant.Folder, onto, head, cancellation);
            var count = $"{patches.Count} {(patches.Count == 1 ? "patch" : "patches")}";
            Consoles.Error.WriteLine($"faultline: {variant.Folder}: {count} of {range}");
            foreach (var patch in patches)
                Consoles.Error.WriteLine($"  {patch}");
            foreach (var remark in remarks)
                Consoles.Error.WriteLine($"faultline: {remark}");
        }

        return parsed.GetValue(NoRefresh) ? ExitCodes.Ok : await AbiCommand.RefreshAsync(parsed, cancellation);
    }

    private static async Task<int> ExportAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = SelectionOptions.Read(parsed) with { Tree = null };
        var variant = Named(selection, "export");
        if (variant.Series.Patches.Count == 0)
            throw new UsageException($"--variant {variant.Name}: it has no patches.");
        var tree = KernelSource.FromTree(parsed.GetRequiredValue(Tree)).Folder;
        var branch = parsed.GetValue(Branch) ?? variant.Name;
        var onto = parsed.GetRequiredValue(Base);
        var commits = await new SeriesExport(selection.Checkout, tree).RunAsync(variant, branch, onto, cancellation);
        Consoles.Error.WriteLine($"faultline: {tree}: branch {branch} has {commits} {(commits == 1 ? "commit" : "commits")} on {onto}; "
            + $"'git -C {Harness.ShellText.Quote(tree)} switch {branch}' goes there");
        return ExitCodes.Ok;
    }

    private static Variant Named(Runs.Selection selection, string command) => selection.Named is [var variant] ? variant
        : throw new UsageException($"series {command} takes one --variant: the folder of linux-patch that holds the patches.");
}
