using System.Collections.Immutable;
using System.Diagnostics;
using Faultline.Cli.Runs;
using Faultline.Harness.Judging;
using Faultline.Harness.Kconfig;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Tests;

/// <summary>A developer's tree becomes a variant: its changes as a series, what its kernel did as expectations.</summary>
public sealed class NewVariantOfATreeTests : IDisposable
{
    private readonly Checkout _checkout = new(withBase: false);
    private readonly string _folder = Directory.CreateTempSubdirectory("faultline-own-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Tree => Path.Combine(_folder, "my linux");

    private string Variants => Path.Combine(_folder, "variants");

    public void Dispose()
    {
        _checkout.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_last_run_of_a_tree_is_written_down_until_the_tree_changes()
    {
        MakeTree();
        var never = await RunAsync("mine");
        Assert.Equal(2, never.ExitCode);
        Assert.Contains($"Run it first: faultline run --tree '{Tree}'", never.Error, StringComparison.Ordinal);

        await PretendToRunAsync();
        var made = await RunAsync("mine");
        Assert.True(made.ExitCode == 0, made.ToString());
        var text = await File.ReadAllTextAsync(Path.Combine(Variants, "mine", "variant.toml"), Token);
        Assert.Contains("\nsource      = \"debian:6.12\"\n", text, StringComparison.Ordinal);
        // Of one scenario, base and upstream say the same.
        Assert.Contains("\ninherits    = \"upstream\"\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n[expect.R12] # A write\nreview = true\nevent  = \"wp|write\"\n", text, StringComparison.Ordinal);
        var variant = VariantCatalog.Load([_checkout.Of("linux-patch"), Variants]).Get("mine");
        Assert.Equal(("UFFD_FEATURE_B", 1, "base"), (variant.Feature, variant.FeatureBit, variant.Control));
        Assert.Equal("0001-mm-add-B.patch", Path.GetFileName(Assert.Single(variant.Series.Patches)));
        Assert.Equal(["R12"], variant.ToReview);

        Commit("mm: add C", "#define C 1\n");
        var stale = await RunAsync("other");
        Assert.Equal(2, stale.ExitCode);
        Assert.Contains("series changed since", stale.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Variants, "other")));
    }

    [Theory]
    [InlineData("6.1.0-own", "6.1")]
    [InlineData("6.12.117-own", "6.12")]
    [InlineData("7.3.0-rc2", "7.3")]
    [InlineData("v6", null)]
    [InlineData(null, null)]
    public void The_source_is_of_the_kernels_version(string? release, string? version) =>
        Assert.Equal(version, ProposedVariant.VersionOf(release)?.ToString());

    private Task<Command.Result> RunAsync(string name) =>
        Command.RunAsync("new-variant", name, "--tree", Tree, "-o", Variants, "--root", _checkout.Folder);

    private void MakeTree()
    {
        foreach (var (file, content) in new[] { ("Makefile", ""), ("Kconfig", ""), ("mm/userfaultfd.c", "int a;\n") })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Tree, file))!);
            File.WriteAllText(Path.Combine(Tree, file), content);
        }

        Directory.CreateDirectory(Path.Combine(Tree, "include/uapi/linux"));
        Git("init", "--quiet");
        Commit("base", "#define UFFD_FEATURE_A (1<<0)\n");
        Git("tag", "v6.1");
        Commit("mm: add B", "#define UFFD_FEATURE_B (1<<1)\n");
    }

    private void Commit(string subject, string line)
    {
        File.AppendAllText(Path.Combine(Tree, "include/uapi/linux/userfaultfd.h"), line);
        Git("add", "--all");
        Git("commit", "--quiet", "--message", subject);
    }

    private void Git(params string[] arguments)
    {
        using var git = Process.Start("git", ["-C", Tree, "-c", "user.name=A", "-c", "user.email=a@b", .. arguments]);
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }

    /// <summary>What a build and a run leave behind, without either.</summary>
    private async Task PretendToRunAsync()
    {
        var checkout = new Harness.Checkout(_checkout.Folder);
        var selection = new Selection
        {
            Checkout = checkout, Catalog = VariantCatalog.Load([checkout.LinuxPatch]), Named = [], Tree = null, Fragments = [],
        };
        var tree = new NamedTree(KernelSource.FromTree(Tree), null, null);
        var own = await OwnTreeRun.ReadAsync(selection, tree, new SilentProgress(), Token);
        var kernel = PlannedKernel.Of(own.Variant, selection with { Catalog = selection.Catalog.With(own.Control, own.Variant) });
        var folder = checkout.KernelFolder(kernel.Id);
        var inputs = KernelInputs.Of(checkout, kernel.Request!, KconfigFragment.Read(kernel.Request!.Fragments), "as it was");
        new KernelState(inputs, "v6.1", "6.1.0-own", ImmutableDictionary<string, string>.Empty).Write(folder);
        File.Copy(Path.Combine(checkout.LinuxPatch, "base", KernelAbi.FileName), Path.Combine(folder, KernelAbi.FileName));
        var report = new KernelReport
        {
            Name = kernel.Name, Id = kernel.Id, Variant = own.Variant.Name, Verdict = VerdictKind.Failed, Release = "6.12.0-own",
            Inputs = ObservedInputs.Now(kernel, checkout),
            Results =
            [
                new TestReport("a", "a", "scenario", TestOutcome.Failed, 1)
                {
                    Row = "R12", Scenario = "R12", Title = "A write", IsWhole = true,
                    Observed = ImmutableSortedDictionary<string, string>.Empty.Add("event", "wp|write"),
                },
            ],
        };
        ReportWriter.Write(RunReport.Of([report], DateTimeOffset.UnixEpoch, 1), [], checkout.Report);
    }
}
