using CsCheck;
using Faultline.Harness.Kernels;
using Faultline.Harness.Kernels.StepOutput;

namespace Faultline.Harness.Tests.Kernels.StepOutput;

public class PatchFailureTests
{
    private static readonly string[] Output =
    [
        "faultline: patch 0001-good.patch",
        "faultline: subject [PATCH 1/2] mm/uffd: good",
        "git: warning: quoted CRLF detected",
        "faultline: patch all.mbox (mail 2 of 2)",
        "faultline: subject [PATCH 2/2] mm/uffd: bad",
        "git: Applying: mm/uffd: bad",
        "git: .git/rebase-apply/patch:13: trailing whitespace.",
        "git: warning: 1 line adds whitespace errors.",
        "git: error: sha1 information is lacking or useless (mm/userfaultfd.c).",
        "git: error: could not build fake ancestor",
        "git: Patch failed at 0001 mm/uffd: bad",
        "git: hint: Use 'git am --show-current-patch=diff' to see the failed patch",
        "faultline: rejects",
        "git: Checking patch mm/userfaultfd.c...",
        "git: error: while searching for:",
        "git: \tint nothing_like_this;",
        "git: faultline: patch forged.patch",
        "git: error: patch failed: mm/userfaultfd.c:640",
        "git: Checking patch fs/userfaultfd.c...",
        "git: Applying patch mm/userfaultfd.c with 2 rejects...",
        "git: Hunk #1 applied cleanly.",
        "git: Rejected hunk #2.",
        "git: Rejected hunk #3.",
        "git: Applied patch fs/userfaultfd.c cleanly.",
    ];

    private static string MessageOf(PatchFailure failure) =>
        new PatchDoesNotApplyException("wp", failure, "debian:6.1 (6.1.1-1)", "apply.log").Message;

    [Fact]
    public void Mail_subject_file_line_and_hunks_are_named_in_gits_words()
    {
        var failure = PatchFailure.Parse(Output);
        Assert.Equal("all.mbox (mail 2 of 2)", failure.Patch);
        Assert.Equal([new RejectedHunk("mm/userfaultfd.c", 2, 640), new RejectedHunk("mm/userfaultfd.c", 3, null)], failure.Hunks);
        Assert.Equal(
            ["error: sha1 information is lacking or useless (mm/userfaultfd.c).", "error: could not build fake ancestor"], failure.GitWords);

        string[] expected =
        [
            "all.mbox (mail 2 of 2), \"[PATCH 2/2] mm/uffd: bad\", does not apply to debian:6.1 (6.1.1-1)",
            "mm/userfaultfd.c:640 (hunk 2)", "could not build fake ancestor", "apply.log",
        ];
        Assert.All(expected, words => Assert.Contains(words, MessageOf(failure), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("error: corrupt patch at line 12", "git format-patch")]
    [InlineData("Patch format detection failed.", "git format-patch")]
    [InlineData("warning: quoted CRLF detected", "Rebase the series")]
    [InlineData("fatal: empty ident name (for <>) not allowed", "Rebase the series")]
    [InlineData("gzip: stdin: unexpected end of file", "Rebase the series")]
    [InlineData("error: cannot convert from nonsense to UTF-8", "Rebase the series")]
    public void What_git_says_is_passed_on_once_with_what_to_do(string words, string advice)
    {
        var failure = PatchFailure.Parse(["faultline: patch a.patch", "git: " + words, "faultline: rejects", "git: " + words]);
        Assert.Empty(failure.Hunks);
        Assert.Equal([words], failure.GitWords);
        Assert.Contains("git: " + words, MessageOf(failure), StringComparison.Ordinal);
        Assert.Contains(advice, MessageOf(failure), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_patch_is_a_problem_of_the_whole_series()
    {
        const string missing = "it is not complete: the patch [PATCH 2/3] is missing";
        var failure = PatchFailure.Parse(
            ["faultline: left out 0000-cover.patch: a cover letter", "faultline: patch the series", "faultline: problem " + missing]);
        Assert.StartsWith($"wp: the series cannot be applied: {missing}.", MessageOf(failure), StringComparison.Ordinal);
        Assert.DoesNotContain("Rebase", MessageOf(failure), StringComparison.Ordinal);
    }

    [Fact]
    public void A_patch_that_the_source_holds_already_is_said_to_be_superfluous()
    {
        var failure = PatchFailure.Parse([
            "faultline: patch a.patch", "git: No changes -- Patch already applied.",
            "faultline: problem git am ended well and made 0 commits of it, not one"]);
        Assert.Contains("made 0 commits of it", MessageOf(failure), StringComparison.Ordinal);
        Assert.Contains("git: No changes -- Patch already applied.", MessageOf(failure), StringComparison.Ordinal);
        Assert.Contains("take it out of the series", MessageOf(failure), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_output_gives_a_description() => Gen.OneOf(Gen.OneOf(Output), Gen.String).List[0, 30].Sample(
        lines => PatchFailure.Parse(lines) is { Patch: not null } failure && MessageOf(failure).Length > 0);
}
