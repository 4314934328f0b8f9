using System.Text.Json;

namespace Faultline.Cli.Tests;

/// <summary>
/// Series that are broken on purpose (<c>tests/Fixtures/series</c>), built and booted for real: each has its exit code, and a message
/// that leads a stranger to the cause.
/// </summary>
[Trait("needs", "engine")]
[Trait("needs", "guest")]
public class BrokenSeriesTests
{
    private static readonly string Fixtures = Path.Combine(Command.Root, "tests", "Fixtures");

    [Fact]
    public Task A_series_that_does_not_apply_is_4_and_names_patch_and_file() =>
        ExpectAsync(4, "does-not-apply", "does-not-apply", "mm/userfaultfd.c");

    [Fact]
    public async Task An_impossible_kconfig_option_is_5_and_names_the_unmet_dependency()
    {
        var result = await Command.RunAsync(
            "kernel", "build", "--patches", Path.Combine(Fixtures, "series"), "--variant", "syntax-error", "--config", Path.Combine(Fixtures, "kconfig", "impossible.config"));
        Assert.True(result.ExitCode == 5, result.ToString());
        Assert.Contains("CONFIG_NUMA_BALANCING", result.Error, StringComparison.Ordinal);
        Assert.Contains("impossible.config:", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"\bNUMA\b", result.Error);
    }

    [Fact]
    public Task A_syntax_error_is_6_with_the_compilers_line() => ExpectAsync(6, "syntax-error", "mm/mprotect.c:");

    [Fact]
    public Task A_panic_at_boot_is_7_with_its_text() => ExpectAsync(7, "panic-at-boot", "panic while booting");

    [Fact]
    public Task An_oops_in_the_suite_is_7_and_names_the_test() => ExpectAsync(7, "oops-mid-suite",
        "crashed", "while Scenarios.Filling.Mapping_the_zero_page_into_a_protected_hole was running", "NULL pointer dereference", " without result |");

    [Fact]
    public Task A_warning_is_7_though_every_test_passes() => ExpectAsync(7, "warn-splat", "crashed", "kernel warning around the time of Scenarios.", "mwriteprotect_range");

    [Fact]
    public Task A_warning_at_boot_is_7_and_not_put_on_the_suite() => ExpectUnlessSlowAsync(7, "warn-at-boot",
        "crashed", "kernel warning while booting, before the suite started", "bytes a context are too many");

    [Fact]
    public Task A_panic_at_power_off_is_7_and_not_put_on_the_suite() => ExpectUnlessSlowAsync(7, "panic-at-power-off",
        "crashed", "panic at power-off, after the suite's end", "userfaultfd: contexts are left");

    [Fact]
    public Task A_machine_that_resets_itself_is_7_and_names_the_test() => ExpectUnlessSlowAsync(7, "resets-itself",
        "crashed", "the machine reset itself while Scenarios.", "a triple fault", "RIP=");

    [Fact]
    public Task A_fault_that_blocks_forever_is_8_and_names_the_test() => ExpectAsync(8, "blocks-forever",
        "hung", "Scenarios.Waking.Lifting_protection_without_waking did not finish within", "handle_userfault");

    [Fact]
    public Task A_marker_that_loses_its_write_protection_is_1_and_names_the_rows() => ExpectAsync(1, "missing-wrprotect", "R12", "event is none, expected");

    [Fact]
    public Task A_fork_that_drops_markers_is_1_and_names_the_row() => ExpectUnlessSlowAsync(1, "fork-drops-marker", "R33");

    /// <summary>Not broken: the committed series with CONFIG_PTE_MARKER_UFFD_WP off, booted and asked for their features.</summary>
    [Theory]
    [InlineData("wp-unpopulated-without-markers", "0xfff", "EINVAL")]
    [InlineData("wp-zeropage-without-markers", "0x2fff", "ok")]
    public async Task Without_markers_the_handshake_offers_the_feature_only_where_it_needs_none(string variant, string offered, string askedForIt)
    {
        if (variant == "wp-zeropage-without-markers")
            SlowMachine.Skips();
        var result = await Command.RunAsync("test", "--patches", Path.Combine(Fixtures, "series"), "--variant", variant, "--filter", "Handshaking", "--json");
        // The tests pass; the three sources do not agree, for the header names UFFD_FEATURE_WP_HUGETLBFS_SHMEM, which these kernels do not offer.
        Assert.True(result.ExitCode == 3, result.ToString());
        using var report = JsonDocument.Parse(result.Output);
        var tests = report.RootElement.GetProperty("kernels")[0].GetProperty("results").EnumerateArray().ToLookup(t => t.GetProperty("row").GetString());
        Assert.Equal(offered, tests["R3"].Single().GetProperty("observed").GetProperty("features").GetString());
        Assert.Equal(askedForIt, tests["R2"].Single().GetProperty("observed").GetProperty("errno").GetString());
        Assert.All(tests.SelectMany(test => test), test => Assert.Equal("passed", test.GetProperty("outcome").GetString()));
    }

    [Fact]
    public Task A_header_the_kernel_was_not_compiled_with_is_3_and_names_the_field_and_both_places() =>
        ExpectAsync(3, "header-lies", "abi-drift", "struct uffd_msg.arg.remove.start: header offset 16, 8 bytes, u64, compiled code offset 8, 8 bytes, u64");

    private static Task ExpectUnlessSlowAsync(int exitCode, string variant, params string[] words)
    {
        SlowMachine.Skips();
        return ExpectAsync(exitCode, variant, words);
    }

    private static async Task ExpectAsync(int exitCode, string variant, params string[] words)
    {
        var result = await Command.RunAsync("test", "--patches", Path.Combine(Fixtures, "series"), "--variant", variant);
        Assert.True(result.ExitCode == exitCode, $"expected exit {exitCode}: {result}");
        foreach (var word in words)
            Assert.Contains(word, result.Output, StringComparison.Ordinal);
    }
}
