using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline new-variant</c>: a <c>variant.toml</c> proposed by what a kernel was seen to do.</summary>
internal static class NewVariantCommand
{
    private static readonly Argument<string> NameArgument = new("NAME") { Description = "the variant's name, and its folder's" };

    private static readonly Option<string?> Inherits = new("--inherits")
    {
        Description = "the variant whose expectations it begins with: only what differs is written (default: of control and "
            + "references the one it differs least from; with --kernel running the one that the kernel was tested by)",
        HelpName = "VARIANT",
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "the folder in which the variant's folder is made (default: linux-patch)",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var command = new Command(
            "new-variant", "make a variant out of what the last run of a tree or of this machine's own kernel observed")
        {
            NameArgument, OwnTreeOptions.Tree, OwnTreeOptions.Base, OwnTreeOptions.Feature, CommonOptions.Kernel, CommonOptions.Variant,
            Inherits, CommonOptions.Patches, CommonOptions.From, Output, CommonOptions.DryRun, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline new-variant my-feature --tree ~/linux -o ~/my-variants",
            "cd ~/linux && faultline new-variant my-feature -o ~/my-variants",
            "faultline new-variant my-laptop --kernel running -o ~/my-variants",
            "faultline new-variant my-feature --tree ~/linux --dry-run");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = SelectionOptions.Read(parsed);
        var name = NameOf(parsed, selection);
        var folder = Path.GetFullPath(Path.Combine(parsed.GetValue(Output) ?? selection.Checkout.LinuxPatch, name));
        var path = Path.Combine(folder, "variant.toml");
        if (File.Exists(path))
            throw new UsageException($"{path} exists. 'faultline record --variant {name}' writes what a run observed into it; "
                + "with --variants DIR where its folder is not in linux-patch.");

        var json = parsed.GetValue(CommonOptions.Json);
        using var checkoutLock = await CheckoutLock.TakeAsync(selection.Checkout, json, cancellation);
        var own = await OwnTreeAsync(parsed, selection, json, cancellation);
        var (kernel, run) = own is null ? Running(parsed, selection)
            : (PlannedKernel.Of(own.Variant, selection with { Catalog = selection.Catalog.With(own.Control, own.Variant) }),
                ShellText.Join(["faultline", "run", "--tree", OwnTreeOptions.Read(parsed, selection)!.Source.Folder]));
        var scenarios = Scenarios(selection);
        var recording = Recording.Of(kernel, selection.Checkout, parsed.GetValue(CommonOptions.From), run, scenarios);
        if (recording.Lacks(scenarios).Count() is > 0 and var lacking)
        {
            Consoles.Error.WriteLine(
                $"faultline: {recording.Folder} asked {scenarios.Count - lacking} of {scenarios.Count} scenarios; the others are guessed. "
                + $"To see them too: {run}");
        }

        var version = own is null ? null : ProposedVariant.VersionOf(recording.Kernel.Release);
        var parent = parsed.GetValue(Inherits) is { } asked ? selection.Catalog.Get(asked)
            : own is null ? kernel.Variant : ParentOf(recording, version, selection);
        var source = version is null ? parent.Base : new KernelSource.Debian(version.ToString());
        var rows = recording.Rows(parent.Expect, []);
        var title = own?.Variant.Title ?? $"The kernel {recording.Kernel.Release} as this machine runs it";
        var text = new ProposedVariant(name, title, kernel.Variant, parent, source).Text(recording, rows);
        VariantFile.Parse(path, text);
        var dryRun = parsed.GetValue(CommonOptions.DryRun);
        var code = VariantFiles.Finish(new FileChange(path, Before: null, text), rows, recording, json, dryRun);
        if (own is not null && !dryRun)
            TakeOver(own.Variant.Series, folder);
        return code;
    }

    /// <summary>What every kernel is asked: what each control and reference has an expectation of.</summary>
    private static HashSet<string> Scenarios(Selection selection) => selection.Catalog.Variants
        .Where(variant => variant.Role is VariantRole.Control or VariantRole.Reference)
        .Select(variant => variant.Expect.Keys.ToHashSet(StringComparer.Ordinal))
        .Aggregate((all, one) => [.. all.Intersect(one, StringComparer.Ordinal)]);

    /// <summary>
    /// The one with the fewest differences. Where few were looked for, the profile that fits the version guesses the rest best.
    /// </summary>
    private static Variant ParentOf(Recording recording, Version? version, Selection selection)
    {
        var fitting = PrebuiltPlan.ProfileOf(version, selection);
        return selection.Catalog.Variants.Where(variant => variant.Role is VariantRole.Control or VariantRole.Reference)
            .MinBy(variant => (recording.Rows(variant.Expect, []).Changed.Length, variant == fitting ? 0 : 1))!;
    }

    private static string NameOf(ParseResult parsed, Selection selection)
    {
        var name = parsed.GetValue(NameArgument)!;
        if (!ProposedVariant.IsName(name))
            throw new UsageException(
                $"'{name}' cannot be a variant's name: it takes letters, digits, '-', '.' and '_', 39 at most, a letter or digit first.");
        return selection.Catalog.Variants.FirstOrDefault(variant => variant.Name == name) is { } taken
            ? throw new UsageException($"the name '{name}' is taken by {taken.Folder}. "
                + $"'faultline record --variant {name}' writes what a run observed into its variant.toml.")
            : name;
    }

    private static async Task<OwnTree?> OwnTreeAsync(ParseResult parsed, Selection selection, bool json, CancellationToken cancellation)
    {
        if (parsed.GetValue(CommonOptions.Kernel) is not null)
        {
            return parsed.GetValue(OwnTreeOptions.Tree) is not { } both ? null : throw new UsageException(
                $"--kernel running is the kernel of this machine, which is not built from --tree {both}; leave one of the two out.");
        }

        if (OwnTreeOptions.Read(parsed, selection) is not { } tree)
        {
            throw new UsageException("new-variant takes what a kernel did that has no variant.toml yet: name it with --tree DIR, "
                + "or with --kernel running. For a variant that has one there is 'faultline record --variant NAME'.");
        }

        return await ProgressDisplay.RunAsync(json, progress => OwnTreeRun.ReadAsync(selection, tree, progress, cancellation));
    }

    private static (PlannedKernel Kernel, string Run) Running(ParseResult parsed, Selection selection)
    {
        if (selection.Named.Count > 1)
            throw new UsageException("--kernel running takes one --variant: the one by whose promises the kernel was tested.");
        var profile = selection.Named.Count == 1 ? selection.Named[0] : selection.Catalog.Get(PlannedKernel.DefaultProfile);
        return (PlannedKernel.OfThisMachine(profile, selection), VariantFiles.TestCommand(parsed, running: true, profile.Name));
    }

    /// <summary>The tree's changes become the series of the variant, unless its folder has one.</summary>
    private static void TakeOver(PatchSeries series, string folder)
    {
        if (PatchFolder.Read(folder).Patches.Count > 0)
        {
            Consoles.Error.WriteLine($"faultline: the patches in {folder} stay; what was tested is {series.Parts[0].Folder}");
            return;
        }

        foreach (var file in Directory.EnumerateFiles(series.Parts[0].Folder))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var patches = series.Patches.Count;
        Consoles.Error.WriteLine($"faultline: the tree's {patches} {(patches == 1 ? "patch is" : "patches are")} in {folder} now; "
            + "'faultline kernel check' says whether the source that variant.toml names takes them");
    }
}
