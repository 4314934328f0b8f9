using Faultline.Harness.Identity;
using Faultline.Harness.Judging;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Series;
using Faultline.Harness.Sources;
using Faultline.Harness.Tests.Kernels;

namespace Faultline.Harness.Tests.Series;

/// <summary>What is read out of the output of images/kernel-steps/check-series.</summary>
public sealed class CheckStreamTests : IDisposable
{
    private static readonly KernelId Toy = new("toy", new KernelSource.Debian("6.1"), Architecture.X86, KernelFlavour.Plain);

    private readonly TemporaryFolder _folder = new();
    private readonly RecordedProgress _progress = new();

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<CheckResult> Read(params string[] lines)
    {
        using var stream = new CheckStream(
            new Checkout(RepositoryRoot.Path, _folder.Path), Toy, _progress, TestContext.Current.CancellationToken);
        foreach (var line in lines)
            stream.Take(line);
        return stream.Results;
    }

    [Fact]
    public void Each_check_is_a_phase_with_its_own_log_and_a_summary_of_what_was_done()
    {
        var results = Read(
            "faultline: starting from the objects of base",
            "faultline: check begin apply 0001-mm-a.patch", "faultline: patch 0001-mm-a.patch", "Applying: mm: a", "faultline: check end ok",
            "faultline: check begin build 0001-mm-a.patch", "faultline: changed mm/a.c", "  CC      mm/a.o", "  LD      vmlinux",
            "faultline: not compiled arch/arm64/mm/b.c", "faultline: check end ok");
        Assert.Equal([(CheckKind.Apply, CheckOutcome.Ok), (CheckKind.Build, CheckOutcome.Ok)], results.Select(r => (r.Kind, r.Outcome)));
        Assert.Equal("1 object compiled, vmlinux linked", results[1].Summary);
        Assert.Contains("arch/arm64/mm/b.c is not compiled in this configuration", Assert.Single(results[1].Details), StringComparison.Ordinal);
        Assert.Equal(_folder.Of("logs", "toy.check-build-0001.log"), results[1].LogPath);
        Assert.Contains("  CC      mm/a.o", File.ReadAllLines(results[1].LogPath!));
        Assert.Equal(
            ["0001-mm-a.patch applies", "0001-mm-a.patch builds: 1 object compiled, vmlinux linked"],
            _progress.Events.OfType<PhaseFinished>().Select(p => p.Reason));
        Assert.All(_progress.Events.OfType<PhaseFinished>(), p => Assert.Equal(PhaseOutcome.Succeeded, p.Outcome));
    }

    [Fact]
    public void Checkpatchs_complaints_are_quoted_without_the_containers_paths()
    {
        var result = Assert.Single(Read(
            "faultline: check begin style 0001-mm-a.patch",
            "/tmp/series/0001-0001-mm-a.patch:12: ERROR:TRAILING_WHITESPACE: trailing whitespace",
            "/tmp/series/0001-0001-mm-a.patch:FILE: WARNING:MISSING_SIGN_OFF: Missing Signed-off-by: line(s)",
            "faultline: check end complaint"));
        Assert.Equal((CheckOutcome.Complaint, 1, "2 complaints"), (result.Outcome, result.ExitCode, result.Summary));
        Assert.Equal("12: ERROR:TRAILING_WHITESPACE: trailing whitespace", result.Details[0]);
    }

    [Fact]
    public void A_tree_that_does_not_build_is_6_with_the_compilers_line_and_its_phase_failed()
    {
        var result = Assert.Single(Read(
            "faultline: check begin build 0001-mm-a.patch", "faultline: changed mm/a.c",
            "/kernel/src/mm/a.c:7:2: error: implicit declaration of function 'b'", "faultline: check end failed"));
        Assert.Equal((CheckOutcome.Failed, 6), (result.Outcome, result.ExitCode));
        Assert.Equal("mm/a.c:7: implicit declaration of function 'b'", Assert.Single(result.Details));
        Assert.Equal(PhaseOutcome.Failed, _progress.Finished(Phase.Check).Outcome);
    }

    [Fact]
    public void Only_warnings_in_the_files_of_the_patch_are_held_against_it()
    {
        var result = Assert.Single(Read(
            "faultline: check begin build 0001-mm-a.patch", "faultline: changed mm/a.c",
            "/kernel/src/mm/a.c:7:2: warning: unused variable 'x' [-Wunused-variable]",
            "/kernel/src/mm/old.c:9:2: warning: unused variable 'y' [-Wunused-variable]", "faultline: check end ok"));
        Assert.Equal((CheckOutcome.Complaint, 1), (result.Outcome, result.ExitCode));
        Assert.Equal("mm/a.c:7: warning: unused variable 'x' [-Wunused-variable]", Assert.Single(result.Details));
    }

    [Fact]
    public void What_cannot_be_linked_with_an_option_off_is_named_with_object_and_option()
    {
        var result = Assert.Single(Read(
            "faultline: check begin without USERFAULTFD", "  CC      mm/a.o", "faultline: absent fs/userfaultfd.o",
            "faultline: undefined uffd_x in mm/a.o", "faultline: check end failed"));
        Assert.Equal(6, result.ExitCode);
        Assert.Equal("mm/a.o: undefined reference to `uffd_x', which nothing defines with USERFAULTFD off", Assert.Single(result.Details));
    }

    [Fact]
    public void An_option_that_comes_back_is_5()
    {
        var result = Assert.Single(Read("faultline: check begin without MMU", "CONFIG_MMU=y", "faultline: check end stays-on"));
        Assert.Equal((CheckOutcome.Impossible, 5), (result.Outcome, result.ExitCode));
        Assert.StartsWith("CONFIG_MMU=y after olddefconfig", Assert.Single(result.Details), StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_is_not_on_proves_nothing_and_is_5()
    {
        var result = Assert.Single(Read("faultline: check begin without TYPO", "faultline: check end was-off"));
        Assert.Equal((CheckOutcome.Impossible, 5), (result.Outcome, result.ExitCode));
    }

    [Fact]
    public void Sets_of_options_are_told_in_words_and_have_logs_of_their_own()
    {
        var results = Read("faultline: check begin without A+B", "  CC      mm/a.o", "faultline: check end ok",
            "faultline: check begin without A", "  CC      mm/a.o", "faultline: check end ok");
        Assert.Equal(
            ["the last tree builds without CONFIG_A and CONFIG_B", "the last tree builds without CONFIG_A"],
            results.Select(result => result.Kind.Describe(result.Subject)));
        Assert.Equal(2, results.Select(result => result.LogPath).Distinct().Count());
    }

    [Fact]
    public void Another_machine_s_warnings_and_errors_count_in_changed_files_only()
    {
        var results = Read(
            "faultline: check begin machine i386", "faultline: changed mm/a.c", "faultline: absent mm/c.o", "  CC      mm/a.o",
            "/kernel/src/mm/a.c:7:2: warning: shift count >= width of type", "/kernel/src/mm/old.c:9:2: warning: x",
            "faultline: check end ok",
            "faultline: check begin machine arm64", "faultline: changed mm/a.c",
            "/kernel/src/mm/a.c:7:2: error: implicit declaration of function 'b'", "faultline: check end failed",
            "faultline: check begin machine s390", "faultline: changed mm/a.c", "faultline: absent mm/a.o", "faultline: check end ok");
        Assert.Equal(
            [(CheckOutcome.Complaint, 1, "1 compiler warning"), (CheckOutcome.Failed, 6, "does not compile"),
                (CheckOutcome.Skipped, 0, "its configuration has none of the changed files")],
            results.Select(r => (r.Outcome, r.ExitCode, r.Summary)));
    }

    [Fact]
    public void Images_are_kept_with_the_patch_that_their_tree_ends_with_and_are_no_output_of_the_check()
    {
        using var stream = new CheckStream(
            new Checkout(RepositoryRoot.Path, _folder.Path), Toy, _progress, TestContext.Current.CancellationToken);
        foreach (var line in (string[])
            ["faultline: check begin build all.mbox (mail 2 of 3)",
                "faultline: image 000002 all.mbox (mail 2 of 3)", "faultline: check end ok"])
            stream.Take(line);
        Assert.Equal([("000002", "all.mbox (mail 2 of 3)")], stream.Images);
        Assert.Null(Assert.Single(stream.Results).LogPath);
    }

    [Fact]
    public void A_patch_that_does_not_apply_is_4_with_git_s_words()
    {
        var result = Assert.Single(Read(
            "faultline: check begin apply 0001-mm-a.patch", "faultline: patch 0001-mm-a.patch", "git: error: patch failed: mm/a.c:10",
            "git: error: mm/a.c: patch does not apply", "faultline: rejects",
            "git: error: patch failed: mm/a.c:10", "faultline: check end failed"));
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("does not fit: mm/a.c:10", result.Details);
        Assert.Contains("git: error: mm/a.c: patch does not apply", result.Details);
    }

    [Fact]
    public void A_series_that_is_not_complete_is_4_and_a_cover_letter_is_skipped()
    {
        var results = Read(
            "faultline: check begin apply all.mbox (mail 1 of 3)", "faultline: check end skipped a cover letter",
            "faultline: check begin apply the series", "faultline: patch the series",
            "faultline: problem it is not complete: the patch [PATCH 2/3] is missing",
            "faultline: check end failed");
        Assert.Equal(
            [(CheckOutcome.Skipped, 0, "a cover letter"), (CheckOutcome.Failed, 4, "it is not complete: the patch [PATCH 2/3] is missing")],
            results.Select(r => (r.Outcome, r.ExitCode, r.Summary)));
    }

    [Fact]
    public void Mails_of_one_file_and_names_of_any_kind_have_logs_of_their_own()
    {
        string[] subjects =
            ["all.mbox (mail 1 of 2)", "all.mbox (mail 2 of 2)", "mein flick é.eml", new string('x', 240), new string('x', 239) + "y"];
        var results = Read(
            [.. subjects.SelectMany(s => (string[])[$"faultline: check begin apply {s}", "git: Applying: x", "faultline: check end ok"])]);
        Assert.All(results, result => Assert.Matches("^[a-zA-Z0-9._-]{1,100}$", Path.GetFileName(result.LogPath)));
        Assert.Equal(subjects.Length, results.Select(result => result.LogPath).Distinct().Count());
    }

    [Fact]
    public void The_exit_code_is_that_of_what_weighs_most()
    {
        static SeriesReport With(params (CheckKind Kind, CheckOutcome Outcome)[] checks) => new(
            "toy", "debian:6.1", "6.1.1", 0, [.. checks.Select(c => new CheckResult(c.Kind, "x", c.Outcome, 0, "", [], null))]);
        Assert.Equal(0, SeriesReport.ExitCodeOf([With((CheckKind.Apply, CheckOutcome.Ok), (CheckKind.Build, CheckOutcome.Skipped))]));
        Assert.Equal(1, SeriesReport.ExitCodeOf([With((CheckKind.Style, CheckOutcome.Complaint)), With((CheckKind.Build, CheckOutcome.Ok))]));
        Assert.Equal(6, SeriesReport.ExitCodeOf([With((CheckKind.Style, CheckOutcome.Complaint), (CheckKind.Build, CheckOutcome.Failed))]));
        Assert.Equal(7, SeriesReport.ExitCodeOf([new SeriesReport("toy", "debian:6.1", "6.1.1", 0, [
            new CheckResult(CheckKind.Style, "x", CheckOutcome.Complaint, 0, "", [], null),
            new CheckResult(CheckKind.Boot, "x", CheckOutcome.Failed, 0, "", [], null) { Ending = VerdictKind.Crashed },
        ])]));
        Assert.Equal(4, SeriesReport.ExitCodeOf([With((CheckKind.Build, CheckOutcome.Failed)), With((CheckKind.Apply, CheckOutcome.Failed))]));
    }
}
