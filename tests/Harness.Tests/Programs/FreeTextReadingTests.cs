using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Programs;

/// <summary>The free text of the memory selftests, of 6.12 and of 6.1.</summary>
public sealed class FreeTextReadingTests
{
    [Fact]
    public void Each_test_says_done_skipped_or_failed()
    {
        var parsed = Printed.Read("""
            Testing UFFDIO_API (with syscall)... done
            Testing zeropage on hugetlb... skipped [reason: huge page size is 0, feature missing?]
            Testing wp-fork on shmem... failed [reason: Detected stale uffd-wp bit]
            Userfaults unit tests: pass=1, skip=1, fail=1 (total=3)
            """, status: 1);
        Assert.Equal(["UFFDIO_API (with syscall): passed", "zeropage on hugetlb: skipped", "wp-fork on shmem: failed"], Printed.Of(parsed));
        Assert.Equal("huge page size is 0, feature missing?", parsed.Tests[1].Detail);
        Assert.Equal("Detected stale uffd-wp bit", parsed.Tests[2].Detail);
        Assert.Empty(parsed.Problems);
    }

    [Fact]
    public void The_older_text_has_a_colon_and_some_tests_tell_figures_in_place_of_an_outcome()
    {
        const string text = """
            nr_pages: 5120, nr_pages_per_cpu: 2560
            bounces: 3, mode: rnd racing ver poll, userfaults: 1234 missing (600+634) 12 wp (6+6)
            testing uffd-wp with pagemap (pgsize=4096): done
            testing UFFDIO_ZEROPAGE: done.
            testing page tables: done, 4 kB of page tables
            testing uffd-wp of unpopulated memory: skipped: not supported
            testing events (fork, remap, remove): userfaults: 5120 missing (5120)
            """;
        var parsed = Printed.Read(text);
        Assert.Equal(
            [
                "uffd-wp with pagemap (pgsize=4096): passed", "UFFDIO_ZEROPAGE: passed", "page tables: passed",
                "uffd-wp of unpopulated memory: skipped",
                "events (fork, remap, remove): passed",
            ], Printed.Of(parsed));
        Assert.Equal("not supported", parsed.Tests[3].Detail);
        Assert.Empty(parsed.Problems);

        var failed = Printed.Read(text, status: 1);
        Assert.Equal("events (fork, remap, remove): failed", Printed.Of(failed).Last());
        Assert.Contains("userfaults: 5120 missing", failed.Tests[4].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Testing minor-wp on shmem... ERROR: UFFDIO_WRITEPROTECT ioctl failed (errno=22, @a.c:1)")]
    [InlineData("ERROR: UFFDIO_WRITEPROTECT ioctl failed (errno=22, @a.c:1)\nTesting minor-wp on shmem...")]
    public void An_error_ends_the_program_and_names_its_test(string end)
    {
        var parsed = Printed.Read($"Testing minor on shmem... done\n{end}", status: 1);
        Assert.Equal(["minor on shmem: passed", "minor-wp on shmem: failed"], Printed.Of(parsed));
        Assert.StartsWith("ERROR: UFFDIO_WRITEPROTECT ioctl failed", parsed.Tests[1].Detail, StringComparison.Ordinal);
        Assert.StartsWith("it gave up, and what was to come after did not run", Assert.Single(parsed.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_a_child_process_wrote_once_more_is_the_same_test()
    {
        var parsed = Printed.Read(
            "Testing sigbus on anon... Testing sigbus on anon... done\nTesting events on anon... \nTesting events on anon... done");
        Assert.Equal(["sigbus on anon: passed", "events on anon: passed"], Printed.Of(parsed));
    }

    [Fact]
    public void A_sum_that_the_lines_do_not_make_is_a_problem()
    {
        var parsed = Printed.Read("Testing a on anon... done\nUserfaults unit tests: pass=2, skip=0, fail=0 (total=2)");
        Assert.Equal("it counts 2 passed, 0 skipped, 0 failed; its lines tell of 1, 0 and 0", Assert.Single(parsed.Problems));
    }

    [Fact]
    public void A_test_that_never_said_how_it_ended_fails_unless_the_program_ended_well()
    {
        const string text = "Testing a on anon... done\nTesting b on anon... ";
        Assert.Equal(TestOutcome.Passed, Printed.Read(text).Tests[1].Outcome);
        Assert.Equal(TestOutcome.Failed, Printed.Read(text, status: 139).Tests[1].Outcome);
        Assert.Null(Printed.Read(text, end: null).Tests[1].Outcome);
        var late = Printed.Read(text, Printed.Ended(137) with { Limit = 60 });
        Assert.Equal("it had not said how it ended when the program was killed after 60 s", late.Tests[1].Detail);
    }
}
