using CsCheck;
using Faultline.Harness.Kernels;

namespace Faultline.Harness.Tests.Kernels;

public class BuildErrorTests
{
    [Fact]
    public void The_compilers_and_linkers_complaints_are_found_with_their_places_and_nothing_else_is()
    {
        string[] log =
        [
            "  CC      mm/userfaultfd.o",
            "/kernel/src/mm/userfaultfd.c: In function 'mfill_zeropage_pte':",
            "/kernel/src/mm/userfaultfd.c:123:9: error: expected ';' before 'return'",
            "  123 |         return 0;",
            "/kernel/src/mm/userfaultfd.c:123:9: error: expected ';' before 'return'",
            "/kernel/src/mm/memory.c:7:2: warning: unused variable 'x' [-Wunused-variable]",
            "/kernel/src/mm/memory.c:1:10: fatal error: linux/nope.h: No such file or directory",
            "ld: mm/mprotect.o: in function `change_pte_range':",
            "ld: vmlinux.o: undefined reference to `uffd_marker'",
            "mprotect.c:(.text+0x5): undefined reference to `uffd_later'",
            "make[3]: *** [/kernel/src/scripts/Makefile.build:250: mm/userfaultfd.o] Error 1",
            "make[2]: *** No rule to make target 'mm/none.o', needed by 'mm/built-in.a'.  Stop.",
        ];
        Assert.Equal(
            [
                "mm/userfaultfd.c:123: expected ';' before 'return'",
                "mm/memory.c:1: linux/nope.h: No such file or directory",
                "vmlinux.o: undefined reference to `uffd_marker'",
                "mprotect.c: undefined reference to `uffd_later'",
                "No rule to make target 'mm/none.o', needed by 'mm/built-in.a'",
            ],
            BuildError.Find(log).Select(e => e.ToString()));
    }

    [Fact]
    public void A_mistake_in_a_Kconfig_file_is_found() =>
        Assert.Equal(["mm/Kconfig:12: syntax error"], BuildError.Find(["mm/Kconfig:12: syntax error", "make[1]: *** [x] Error 1"]).Select(e => e.ToString()));

    [Fact]
    public void Any_line_is_either_an_error_or_not() => Gen.String.List[0, 5].Sample(lines => BuildError.Find(lines).Count <= lines.Count);
}

public class PatchFailureTests
{
    private static readonly string[] Output =
    [
        "faultline: patch 0001-good.patch",
        "Applying: mm/uffd: good",
        "faultline: patch 0002-bad.patch",
        "Applying: mm/uffd: bad",
        "error: sha1 information is lacking or useless (mm/userfaultfd.c).",
        "error: could not build fake ancestor",
        "Patch failed at 0001 mm/uffd: bad",
        "faultline: rejects",
        "Checking patch mm/userfaultfd.c...",
        "error: while searching for:",
        "\tint nothing_like_this;",
        "error: patch failed: mm/userfaultfd.c:640",
        "Checking patch fs/userfaultfd.c...",
        "Applying patch mm/userfaultfd.c with 2 rejects...",
        "Hunk #1 applied cleanly.",
        "Rejected hunk #2.",
        "Rejected hunk #3.",
        "Applied patch fs/userfaultfd.c cleanly.",
    ];

    [Fact]
    public void Patch_file_line_and_hunks_are_named_in_gits_words()
    {
        var failure = PatchFailure.Parse(Output);
        Assert.Equal("0002-bad.patch", failure.Patch);
        Assert.Equal([new RejectedHunk("mm/userfaultfd.c", 2, 640), new RejectedHunk("mm/userfaultfd.c", 3, null)], failure.Hunks);
        Assert.Equal("error: sha1 information is lacking or useless (mm/userfaultfd.c).", failure.GitWords[0]);

        var message = new PatchDoesNotApplyException("wp", failure, "debian:6.1 (6.1.1-1)", "apply.log").Message;
        foreach (var words in (string[])["0002-bad.patch", "debian:6.1 (6.1.1-1)", "mm/userfaultfd.c:640 (hunk 2)", "could not build fake ancestor", "apply.log"])
            Assert.Contains(words, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_patch_has_words_and_no_hunks()
    {
        var failure = PatchFailure.Parse(["faultline: patch a.patch", "error: corrupt patch at line 12", "faultline: rejects", "error: corrupt patch at line 12"]);
        Assert.Empty(failure.Hunks);
        Assert.Equal(["error: corrupt patch at line 12"], failure.GitWords);
    }

    [Fact]
    public void A_file_that_is_no_mail_is_said_to_be_none()
    {
        var failure = PatchFailure.Parse(["faultline: patch a.patch", "Patch format detection failed.", "faultline: rejects", "Applied patch a cleanly."]);
        Assert.Equal(["Patch format detection failed."], failure.GitWords);
        Assert.Contains("git format-patch", new PatchDoesNotApplyException("k", failure, "debian:6.1", null).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_output_gives_a_description() => Gen.OneOf(Gen.OneOf(Output), Gen.String).List[0, 30].Sample(lines => PatchFailure.Parse(lines).Patch.Length > 0);
}
