using Faultline.Cli.Pipeline;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;

namespace Faultline.Cli.Tests;

/// <summary>What is committed beside a series is what its header says, or the run says that it is stale.</summary>
public sealed class CommittedAbiTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("faultline-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Committed(string variant) => File.ReadAllText(Path.Combine(Command.Root, "linux-patch", variant, CommittedAbi.ModelName));

    /// <summary>A control and a variant, both up to date.</summary>
    private CommittedAbi UpToDate()
    {
        foreach (var name in new[] { "base", "mine" })
            Directory.CreateDirectory(Path.Combine(_root, name));
        var mine = new CommittedAbi(Path.Combine(_root, "mine"), Path.Combine(_root, "base"));
        new CommittedAbi(Path.Combine(_root, "base"), null).WriteModel(Committed("base"));
        mine.WriteModel(Committed("wp-unpopulated"));
        Assert.True(mine.WriteDrift());
        Assert.Null(mine.Stale(Committed("wp-unpopulated"), "built"));
        return mine;
    }

    [Fact]
    public void Every_committed_drift_of_this_repository_is_what_its_models_say()
    {
        var variants = Directory.GetDirectories(Path.Combine(Command.Root, "linux-patch")).Where(folder => File.Exists(Path.Combine(folder, CommittedAbi.ModelName)) && Path.GetFileName(folder) != "base").ToList();
        Assert.NotEmpty(variants);
        Assert.All(variants, folder =>
        {
            var committed = new CommittedAbi(folder, Path.Combine(Command.Root, "linux-patch", "base"));
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
        new CommittedAbi(mine.Control!, null).WriteModel(Committed("wp-zeropage"));
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
        var built = new BuiltKernel("mine", "", "", Directory.CreateDirectory(Path.Combine(_root, "built")).FullName, []);
        File.Copy(Path.Combine(Command.Root, "tests", "Fixtures", "headers", "linux-6.1", "linux", "userfaultfd.h"), built.UapiHeader);
        Directory.CreateSymbolicLink(built.UapiHeaders, Path.Combine(Command.Root, "tests", "Fixtures", "headers", "linux-6.1"));
        var phases = new PhaseRecorder(new SilentProgress());
        KernelAbi.Of(built, mine, phases, TestContext.Current.CancellationToken);
        Assert.Equal("model", PhaseReport.Of(Assert.Single(phases.Finished)).Name);
    }

    [Fact]
    public void Where_nothing_is_committed_nothing_is_stale() =>
        Assert.Null(new CommittedAbi(Path.Combine(_root, "new"), Path.Combine(_root, "base")).Stale(Committed("base"), "built"));

    [Fact]
    public void A_control_model_edited_by_hand_is_told_with_its_place()
    {
        var mine = UpToDate();
        File.WriteAllText(Path.Combine(mine.Control!, CommittedAbi.ModelName), "{\n  \"schema\": 1\n}");
        var problem = Assert.Throws<UsageException>(() => mine.Stale(Committed("wp-unpopulated"), "built"));
        Assert.Contains($"base/{CommittedAbi.ModelName}:2:", problem.Message, StringComparison.Ordinal);
    }
}
