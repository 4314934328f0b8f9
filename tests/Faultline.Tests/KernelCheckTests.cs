using System.Text.Json;

namespace Faultline.Cli.Tests;

/// <summary><c>faultline kernel check</c> on the real tree: a committed series passes, and each kind of fault in a series is found and named.</summary>
[Trait("needs", "engine")]
public class KernelCheckTests
{
    private static readonly string Fixtures = Path.Combine(Command.Root, "tests", "Fixtures", "series");

    private const string Committed = "wp-unpopulated";

    /// <summary>
    /// The one that others stand on, the quick way: every tree of three series with all that is asked takes longer than all other tests
    /// together. Whoever changes a series runs the command.
    /// </summary>
    [Fact]
    public async Task A_committed_series_passes()
    {
        SlowMachine.Skips();
        var before = Snapshot();
        var result = await Command.RunAsync("kernel", "check", "--quick", "--variant", Committed, "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(before, Snapshot());

        using var report = JsonDocument.Parse(result.Output);
        Assert.Equal("faultline-check/1", report.RootElement.GetProperty("schema").GetString());
        var series = Assert.Single(report.RootElement.GetProperty("series").EnumerateArray());
        Assert.Equal(Committed, series.GetProperty("name").GetString());
        var listed = Path.Combine(Command.Root, "linux-patch", Committed, "series");
        string[] patches = [.. File.ReadLines(listed).Where(l => l.Length > 0 && l[0] != '#')];
        var checks = series.GetProperty("checks").EnumerateArray()
            .Select(c => $"{c.GetProperty("kind")} {c.GetProperty("subject")} {c.GetProperty("outcome")}").ToList();
        // The last two patches change documentation and a selftest: nothing is built for them.
        Assert.All(patches, patch => Assert.Contains($"style {patch} ok", checks));
        Assert.All(patches.SkipLast(2), patch => Assert.Contains($"build {patch} ok", checks));
        Assert.All(patches.TakeLast(2), patch => Assert.Contains($"build {patch} skipped", checks));
        Assert.Contains($"headers {patches.Single(p => p.Contains("UFFD_FEATURE", StringComparison.Ordinal))} ok", checks);
        Assert.Contains("without PTE_MARKER_UFFD_WP ok", checks);
        Assert.Contains("without USERFAULTFD ok", checks);
        Assert.DoesNotContain(series.GetProperty("checks").EnumerateArray(), c => c.GetProperty("details").GetArrayLength() > 0);
    }

    [Fact]
    public async Task A_tree_that_does_not_build_in_between_is_6_and_names_the_patch_and_the_line()
    {
        SlowMachine.Skips();
        var result = await CheckAsync("breaks-in-the-middle");
        Assert.True(result.ExitCode == 6, result.ToString());
        Assert.Matches(@"failed +0001-\S+\.patch builds: does not build", result.Output);
        Assert.Matches(@"mm/mprotect\.c:\d+: implicit declaration of function", result.Output);
        Assert.Matches(@"ok +0002-\S+\.patch builds", result.Output);
    }

    [Fact]
    public async Task A_complaint_of_checkpatch_is_1_and_quoted()
    {
        var result = await CheckAsync("untidy");
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Matches(@"complaint +0001-\S+\.patch checkpatch --strict: 1 complaint", result.Output);
        Assert.Contains("ERROR:TRAILING_WHITESPACE: trailing whitespace", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_that_dangles_with_the_option_off_is_found_without_a_link()
    {
        SlowMachine.Skips();
        var result = await CheckAsync("needs-its-option");
        Assert.True(result.ExitCode == 6, result.ToString());
        Assert.Matches(@"ok +0001-\S+\.patch builds", result.Output);
        Assert.Matches(@"failed +the last tree builds without CONFIG_USERFAULTFD", result.Output);
        Assert.Contains("mm/mprotect.o: undefined reference to `uffd_protection_changed'", result.Output, StringComparison.Ordinal);
        Assert.Contains("CONFIG_MMU=y after olddefconfig", result.Output, StringComparison.Ordinal);
    }

    /// <summary>
    /// What no build on this machine shows; the tree after the second patch boots. Nobody else gets at the kernels meanwhile, which is more
    /// than ten minutes on a slow machine.
    /// </summary>
    [Fact]
    [Trait("needs", "guest")]
    public async Task What_is_wrong_on_other_machines_with_other_options_and_at_boot_is_found()
    {
        SlowMachine.Skips();
        var result = await Command.RunAsync("kernel", "check", "--patches", Fixtures, "--variant", "wrong-elsewhere");
        Assert.True(result.ExitCode == 6, result.ToString());
        Assert.Matches(@"complaint +0001-\S+ sparse and W=1: 2 new findings\n", result.Output);
        Assert.Matches(@"mm/mprotect\.c:\d+: warning: no previous prototype for", result.Output);
        Assert.Matches(@"mm/mprotect\.c:\d+: warning: symbol 'mprotect_check' was not declared", result.Output);
        Assert.Matches(@"ok +0001-\S+ builds: \d+ objects? compiled", result.Output);
        Assert.Matches(@"ok +0002-\S+ sparse and W=1: nothing new in 1 file", result.Output);
        Assert.Matches(@"ok +the last tree builds without CONFIG_KSM: ", result.Output);
        Assert.Matches(@"ok +the last tree builds without CONFIG_AIO: ", result.Output);
        Assert.Matches(
            @"failed +the last tree builds without CONFIG_KSM and CONFIG_AIO: does not build\n +mm/mprotect\.c:\d+:", result.Output);
        Assert.Matches(
            @"failed +the last tree compiles for i386: does not compile\n.*BUILD_BUG_ON failed: sizeof\(long\) != 8", result.Output);
        Assert.Matches(@"ok +the last tree compiles for arm64: 1 object compiled", result.Output);
        Assert.Matches(@"failed +0001-\S+ boots: .*nothing can be protected yet", result.Output);
        Assert.Matches(@"ok +0002-\S+ boots: \d+ of \d+ tests", result.Output);
    }

    [Fact]
    public async Task A_patch_that_does_not_apply_is_4_and_ends_the_check()
    {
        var result = await CheckAsync("does-not-apply");
        Assert.True(result.ExitCode == 4, result.ToString());
        Assert.Contains("does not fit: mm/userfaultfd.c", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("checkpatch", result.Output, StringComparison.Ordinal);
    }

    /// <summary>Every kind of finding, on a tree that builds in no time.</summary>
    [Fact]
    public async Task Each_check_finds_its_fault_and_the_check_goes_on()
    {
        var toy = Path.Combine(Command.Root, "tests", "Fixtures", "toy-kernel");
        using var check = new RunningCommand(
            "kernel", "check", "--quick", "--tree", Path.Combine(toy, "tree"),
            "--patches", Path.Combine(toy, "series"), "--variant", "toy");
        var result = await check.EndAndRemoveTreeVolumesAsync(TimeSpan.FromMinutes(40), TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 6, result.ToString());
        Assert.Matches(@"failed +0001-\S+ builds: does not build\n +mprotect\.c: undefined reference to `uffd_x'", result.Output);
        Assert.Matches(@"ok +0002-\S+ builds: 3 objects compiled, vmlinux linked", result.Output);
        Assert.Matches(@"failed +0003-\S+ uapi headers: does not build\n +usr/include/linux/userfaultfd\.h:3: ", result.Output);
        Assert.Matches(@"skipped +0004-\S+ builds: it changes nothing but documentation", result.Output);
        Assert.Matches(@"failed +the last tree builds without CONFIG_USERFAULTFD: does not build\n +mm/mprotect\.o: undefined reference to `uffd_x'", result.Output);
        Assert.Matches(@"impossible +the last tree builds without CONFIG_MMU", result.Output);
        Assert.Matches(@"impossible +the last tree builds without CONFIG_NO_SUCH_OPTION: is not on in the configuration that is checked", result.Output);
    }

    private static Task<Command.Result> CheckAsync(string variant) => Command.RunAsync("kernel", "check", "--quick", "--patches", Fixtures, "--variant", variant);

    /// <summary>
    /// The results in artifacts/kernels of the series that are checked and of base: other tests build other kernels at the same time.
    /// </summary>
    private static string Snapshot()
    {
        var kernels = Path.Combine(Command.Root, "artifacts", "kernels");
        return string.Join('\n', ((string[])["base", Committed]).Select(name => Path.Combine(kernels, name)).Where(Directory.Exists)
            .SelectMany(kernel => Directory.EnumerateFiles(kernel, "*", SearchOption.AllDirectories).Prepend(kernel))
            .Order(StringComparer.Ordinal).Select(path => File.Exists(path) ? $"{path} {File.GetLastWriteTimeUtc(path).Ticks}" : path));
    }
}
