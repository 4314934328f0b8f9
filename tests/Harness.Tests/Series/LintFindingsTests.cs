using Faultline.Harness.Series;

namespace Faultline.Harness.Tests.Series;

/// <summary>What a patch adds to the findings of a tree that has many.</summary>
public class LintFindingsTests
{
    private const string Old = "/kernel/src/mm/a.c:7:5: warning: context imbalance";

    private static (CheckOutcome Outcome, string Summary, IReadOnlyList<string> Details) Read(string[] before, string[] after) =>
        new LintFindings(
        [
            "faultline: changed mm/a.c", "faultline: changed include/linux/a.h",
            "faultline: lint before", .. before, "faultline: lint after", .. after,
        ]).Read();

    [Fact]
    public void A_finding_that_only_moved_is_not_new()
    {
        var read = Read(
            ["faultline: linted mm/a.o", "  CC      mm/a.o", "  CHECK   /kernel/src/mm/a.c", Old],
            ["faultline: linted mm/a.o", "  CC      mm/a.o", "  CHECK   /kernel/src/mm/a.c",
                Old.Replace(":7:", ":9:", StringComparison.Ordinal)]);
        Assert.Equal((CheckOutcome.Ok, "nothing new in 1 file"), (read.Outcome, read.Summary));
    }

    [Fact]
    public void One_more_of_the_same_words_is_new_and_so_is_a_warning_of_kernel_doc_that_has_no_column()
    {
        var read = Read(
            ["faultline: linted mm/a.o", "  CHECK   /kernel/src/mm/a.c", Old],
            ["faultline: linted mm/a.o", "  CHECK   /kernel/src/mm/a.c", Old,
                "/kernel/src/mm/a.c:17:5: warning: context imbalance", "/kernel/src/mm/a.c:30: warning: parameter 'x' not described",
                "/kernel/src/include/linux/a.h:3:1: error: incompatible types", "/kernel/src/mm/other.c:1:1: warning: not of this patch"]);
        Assert.Equal(CheckOutcome.Complaint, read.Outcome);
        Assert.Equal(
            ["mm/a.c:17: warning: context imbalance", "mm/a.c:30: warning: parameter 'x' not described",
                "include/linux/a.h:3: error: incompatible types"],
            read.Details);
    }

    [Fact]
    public void A_header_that_several_files_include_is_told_once()
    {
        var read = Read([], ["faultline: linted mm/a.o", "faultline: linted mm/b.o", "  CHECK   a", "  CHECK   b",
            "/kernel/src/include/linux/a.h:3:1: warning: x", "/kernel/src/include/linux/a.h:3:1: warning: x"]);
        Assert.Equal("include/linux/a.h:3: warning: x", Assert.Single(read.Details));
    }

    [Fact]
    public void A_file_that_sparse_never_saw_is_no_pass()
    {
        var read = Read([],
            ["faultline: linted mm/a.o", "faultline: linted mm/b.o", "  CHECK   /kernel/src/mm/a.c",
                "/kernel/src/mm/a.c:7:5: error: expected ';'"]);
        Assert.Equal((CheckOutcome.Failed, "only 1 of 2 files could be looked at"), (read.Outcome, read.Summary));
    }

    [Fact]
    public void Files_outside_the_configuration_are_skipped()
    {
        var read = Read([], []);
        Assert.Equal((CheckOutcome.Skipped, "none of its C files is compiled in this configuration"), (read.Outcome, read.Summary));
    }
}
