using Faultline.Cli.Runs;
using Faultline.Harness.Identity;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Tests;

/// <summary>What is committed beside a series is what its header says, or the run says that it is stale.</summary>
public sealed class CommittedAbiTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("faultline-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static ModelRemedy Remedy { get; } = new("./build.sh refresh", "debian:6.1", Tree: null);

    private static string Committed(string variant) =>
        File.ReadAllText(Path.Combine(Command.Root, "linux-patch", variant, CommittedAbi.ModelName));

    /// <summary>A control and a variant, both up to date.</summary>
    private CommittedAbi UpToDate()
    {
        foreach (var name in new[] { "base", "mine" })
            Directory.CreateDirectory(Path.Combine(_root, name));
        var mine = new CommittedAbi(Path.Combine(_root, "mine"), Path.Combine(_root, "base"), Remedy);
        new CommittedAbi(Path.Combine(_root, "base"), null, Remedy).WriteModel(Committed("base"));
        mine.WriteModel(Committed("wp-unpopulated"));
        Assert.True(mine.WriteDrift());
        Assert.Null(mine.Stale(Committed("wp-unpopulated"), "built"));
        return mine;
    }

    [Fact]
    public void Every_committed_drift_of_this_repository_is_what_its_models_say()
    {
        var variants = Directory.GetDirectories(Path.Combine(Command.Root, "linux-patch"))
            .Where(folder => File.Exists(Path.Combine(folder, CommittedAbi.ModelName)) && Path.GetFileName(folder) != "base").ToList();
        Assert.NotEmpty(variants);
        Assert.All(variants, folder =>
        {
            var committed = new CommittedAbi(folder, Path.Combine(Command.Root, "linux-patch", "base"), Remedy);
            Assert.Null(committed.Stale(File.ReadAllText(committed.Model), "built"));
        });
    }

    [Fact]
    public void Another_header_makes_the_model_stale()
    {
        var stale = UpToDate().Stale(Committed("wp-zeropage"), "artifacts/built.json");
        Assert.Contains($"mine/{CommittedAbi.ModelName} is stale", stale, StringComparison.Ordinal);
        Assert.Contains("artifacts/built.json", stale, StringComparison.Ordinal);
        Assert.Contains("./build.sh refresh", stale, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux-patch", "./build.sh refresh")]
    [InlineData("elsewhere", "faultline abi refresh --variants ROOT/elsewhere --variant mine")]
    [InlineData("o'clock here", @"faultline abi refresh --variants 'ROOT/o'\''clock here' --variant mine")]
    public void The_command_that_is_advised_refreshes_this_variant(string collection, string command)
    {
        var folder = Path.Combine(_root, collection, "mine");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(
            folder, "variant.toml"), "name = \"mine\"\ntitle = \"t\"\nrole = \"control\"\nsource = \"debian:6.1\"\ntag = \"-mine\"\n");
        var catalog = VariantCatalog.Load([Path.Combine(_root, collection)]);
        var selection = new Selection { Checkout = new Harness.Checkout(_root), Catalog = catalog, Named = [], Tree = null,
            Fragments = [] };
        var committed = CommittedAbi.Of(catalog.Get("mine"), selection);
        committed.WriteModel(Committed("base"));
        Assert.EndsWith($"; '{command.Replace("ROOT", _root, StringComparison.Ordinal)}' takes it over.",
            committed.Stale(Committed("wp-zeropage"), "built"), StringComparison.Ordinal);
        Assert.Null(committed.Stale(Committed("base"), "built"));
    }

    /// <summary>A refresh reads the variant's base, so it cannot take over what a user's tree says.</summary>
    [Fact]
    public void Of_a_users_tree_the_difference_is_told_and_no_refresh_advised()
    {
        var mine = UpToDate() with { Remedy = new ModelRemedy("./build.sh refresh", "debian:6.1", "/home/me/linux") };
        var stale = mine.Stale(Committed("wp-zeropage"), "artifacts/built.json");
        Assert.DoesNotContain("./build.sh refresh", stale, StringComparison.Ordinal);
        Assert.Contains("the header of /home/me/linux says otherwise", stale, StringComparison.Ordinal);
        Assert.Contains($"faultline abi diff {mine.Model} artifacts/built.json", stale, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_drift_is_stale()
    {
        var mine = UpToDate();
        File.Delete(mine.Drift);
        Assert.Contains($"{CommittedAbi.DriftName} is missing", mine.Stale(Committed("wp-unpopulated"), "built"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_control_makes_the_drift_stale_and_refresh_mends_it()
    {
        var mine = UpToDate();
        new CommittedAbi(mine.Control!, null, Remedy).WriteModel(Committed("wp-zeropage"));
        Assert.Contains($"{CommittedAbi.DriftName} is stale", mine.Stale(Committed("wp-unpopulated"), "built"), StringComparison.Ordinal);
        Assert.True(mine.WriteDrift());
        Assert.Null(mine.Stale(Committed("wp-unpopulated"), "built"));
        Assert.Contains("flag-bit-reused", File.ReadAllText(mine.Drift), StringComparison.Ordinal);
        Assert.False(mine.WriteDrift());
    }

    /// <summary>A reader of <c>phases[]</c> must not take it for the build's own extraction of results.</summary>
    [Fact]
    public void Reading_the_model_of_a_built_kernel_is_a_phase_of_its_own()
    {
        var mine = UpToDate();
        var built = new BuiltKernel(
            new KernelId("mine", new KernelSource.Debian("6.1"), Architecture.X86, KernelFlavour.Plain), "", "",
            Directory.CreateDirectory(Path.Combine(_root, "built")).FullName, []);
        File.Copy(Path.Combine(Command.Root, "tests", "Fixtures", "headers", "linux-6.1", "linux", "userfaultfd.h"), built.UapiHeader);
        Directory.CreateSymbolicLink(built.UapiHeaders, Path.Combine(Command.Root, "tests", "Fixtures", "headers", "linux-6.1"));
        var phases = new PhaseRecorder(new SilentProgress());
        KernelAbi.Of(built, mine, phases, TestContext.Current.CancellationToken);
        Assert.Equal("model", PhaseSummary.Of(Assert.Single(phases.Finished)).Name);
    }

    [Fact]
    public void Where_nothing_is_committed_nothing_is_stale() =>
        Assert.Null(new CommittedAbi(Path.Combine(_root, "new"), Path.Combine(_root, "base"), Remedy).Stale(Committed("base"), "built"));

    [Fact]
    public void A_control_model_edited_by_hand_is_told_with_its_place()
    {
        var mine = UpToDate();
        File.WriteAllText(Path.Combine(mine.Control!, CommittedAbi.ModelName), "{\n  \"schema\": 1\n}");
        var problem = Assert.Throws<UsageException>(() => mine.Stale(Committed("wp-unpopulated"), "built"));
        Assert.Contains($"base/{CommittedAbi.ModelName}:2:", problem.Message, StringComparison.Ordinal);
    }
}
