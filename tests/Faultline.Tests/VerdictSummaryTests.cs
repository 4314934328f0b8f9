using Faultline.Cli.Commands;
using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Report;
using Spectre.Console;

namespace Faultline.Cli.Tests;

/// <summary>Verdicts are values inside and words outside: a person reads the words that results.json has.</summary>
public class VerdictSummaryTests
{
    private static readonly Accelerator Emulated = new(AcceleratorChoice.Auto, AcceleratorKind.Tcg, "no guest boots in KVM", "tsc");

    private static string Printed(params KernelReport[] kernels)
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 200;
        VerdictSummary.Print(new TextConsole(console, columns: null), RunReport.Of(kernels, DateTimeOffset.UnixEpoch, 12.34), "/r");
        return text.ToString();
    }

    [Fact]
    public void A_sentence_is_said_once()
    {
        const string why = "the guest could not be run: no such kernel";
        var control = new ControlReport { Variant = "mine", Verdict = VerdictKind.Infrastructure, Summary = why, Unexpected = [why] };
        var text = Printed(
            new KernelReport
            {
                Name = "base", Verdict = VerdictKind.Infrastructure, Summary = why, Reasons = [why], Excerpt = "no such kernel\n",
                Controls = [control],
            },
            new KernelReport
            {
                Name = "mine", Verdict = VerdictKind.KernelBuildFailed, Summary = "mine: the kernel could not be built:",
                Reasons = ["mm/a.c:1: no"],
            });
        Assert.Contains(
            $"base: infrastructure: {why}\nbase, asked for mine: infrastructure: {why}\n"
            + "mine: kernel-build-failed: the kernel could not be built:\n  mm/a.c:1: no\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_told_in_the_words_of_its_results()
    {
        var control = new ControlReport
        {
            Variant = "mine", Verdict = VerdictKind.Vacuous, Summary = "1 promises prove nothing",
            Unexpected = ["R1: passes"],
        };
        var text = Printed(
            new KernelReport { Name = "base", Verdict = VerdictKind.Pass, Controls = [control], Accelerator = Emulated },
            new KernelReport
            {
                Name = "mine", Verdict = VerdictKind.Crashed, Summary = "an oops", Reasons = ["line 1"],
                Excerpt = "the trace",
            },
            new KernelReport { Name = "late", Verdict = VerdictKind.PatchDoesNotApply, Summary = "no", Excerpt = "not quoted" });

        Assert.Matches(@"\| base +\| - +\| pass +\|.*\| tcg +\|", text);
        Assert.Matches(@"\| +asked for mine +\| +\| vacuous +\|", text);
        Assert.Contains("base, asked for mine: vacuous: 1 promises prove nothing\n  R1: passes\n", text, StringComparison.Ordinal);
        Assert.Contains("mine: crashed: an oops\n  line 1\n  | the trace\n", text, StringComparison.Ordinal);
        Assert.Contains("late: patch-does-not-apply: no\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("not quoted", text, StringComparison.Ordinal);
        Assert.Contains("no KVM: no guest boots in KVM\n", text, StringComparison.Ordinal);
        Assert.Contains("verdict: crashed (exit 7) after 12.3 s\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pass_needs_no_explanation()
    {
        var text = Printed(new KernelReport { Name = "base", Verdict = VerdictKind.Pass, Summary = "all passed" });
        Assert.DoesNotContain("all passed", text, StringComparison.Ordinal);
        Assert.EndsWith("verdict: pass (exit 0) after 12.3 s\n", text, StringComparison.Ordinal);
    }
}
