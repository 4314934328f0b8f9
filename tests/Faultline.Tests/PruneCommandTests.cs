using Faultline.Cli.Commands;
using Faultline.Harness.Docker;

namespace Faultline.Cli.Tests;

/// <summary>What <c>prune</c> tells people; what it removes is tested with the engine, by labels of the tests' own.</summary>
public class PruneCommandTests
{
    [Fact]
    public void A_dry_run_lists_volumes_with_size_and_purpose_and_says_that_it_removed_nothing()
    {
        var lines = PruneCommand.Lines(new PruneResult
        {
            DryRun = true,
            Containers = ["faultline-build-base-1"],
            Volumes =
            [
                new VolumeFacts("faultline-kernel-6.1", "kernels of debian:6.1", null, IsStale: false, 1_351_141_904),
                new VolumeFacts("faultline-kernel-tree", "kernels of /home/me/linux", "/home/me/linux", IsStale: true, 20_000_000),
                new VolumeFacts("scratch", "compiler cache", null, IsStale: true, null),
                new VolumeFacts("old", null, null, IsStale: false, 0),
            ],
            Images = ["faultline/guest-runner:1"],
        });
        Assert.Equal(
            [
                "container faultline-build-base-1",
                "volume    faultline-kernel-6.1     1.4 GB  kernels of debian:6.1",
                "volume    faultline-kernel-tree     20 MB  kernels of /home/me/linux, a folder that is gone",
                "volume    scratch                       ?  compiler cache, of a run that was killed",
                "volume    old                        0 MB  made by an earlier Faultline, which did not write down for what",
                "image     faultline/guest-runner:1",
                "would remove 1 containers, 4 volumes (1.4 GB), 1 images; nothing was removed",
            ],
            lines);
    }

    [Fact]
    public void What_stays_says_why()
    {
        var lines = PruneCommand.Lines(new PruneResult { VolumesInUse = ["v"], ImagesInUse = ["faultline/i:1"], ImageBytes = 2_000_000 }).ToList();
        Assert.StartsWith("in use    v: kept, a run uses this volume", lines[0], StringComparison.Ordinal);
        Assert.Contains("docker ps -a --filter ancestor=faultline/i:1", lines[1], StringComparison.Ordinal);
        Assert.Equal("removed 0 containers, 0 volumes (0 MB), 0 images (2 MB of images)", lines[2]);
    }

    [Theory]
    [InlineData("--containers", "--stale")]
    [InlineData("--stale", "--reports")]
    public async Task Two_scopes_at_once_are_a_wrong_command_line(string one, string other)
    {
        var result = await Command.RunAsync("prune", one, other);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{one} and {other} exclude each other", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Earlier_reports_go_on_demand_and_the_newest_stays()
    {
        using var checkout = new Checkout(withBase: false);
        string Folder(string name) => Directory.CreateDirectory(Path.Combine(checkout.Folder, "artifacts", name)).FullName;
        var (kept, newest) = (Folder("reports/2026-01-02T030405Z-run-pass"), Folder("report"));
        var shown = await Command.RunAsync("prune", "--reports", "--dry-run", "--root", checkout.Folder);
        Assert.Equal((0, true), (shown.ExitCode, Directory.Exists(kept)));
        Assert.Equal($"report    {kept}\nwould remove 1 earlier reports; nothing was removed\n", shown.Output);
        var removed = await Command.RunAsync("prune", "--reports", "--root", checkout.Folder);
        Assert.Equal((0, false, true), (removed.ExitCode, Directory.Exists(kept), Directory.Exists(newest)));
        Assert.EndsWith("removed 1 earlier reports\n", removed.Output, StringComparison.Ordinal);
    }
}
