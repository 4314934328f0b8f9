using System.Text.Json.Serialization;
using Faultline.Harness.Judging;

namespace Faultline.Harness.Series;

/// <summary>What is asked of a patch, or of the tree after the last one.</summary>
internal enum CheckKind
{
    /// <summary>git makes one commit of it; a mail without a patch is skipped.</summary>
    Apply,

    /// <summary><c>scripts/checkpatch.pl --strict</c> of the tree itself has nothing to say.</summary>
    Style,

    /// <summary>sparse and the compiler's <c>W=1</c> say nothing of the files it changes that they did not say before it.</summary>
    Lint,

    /// <summary>The tree builds after it, up to a linked vmlinux, and the files it changes compile without a warning.</summary>
    Build,

    /// <summary>Each uapi header it changes compiles by itself, as user space includes them.</summary>
    Headers,

    /// <summary>After the last patch: the tree builds with a config option off, or several.</summary>
    Without,

    /// <summary>After the last patch: the files that the series changes compile for another machine.</summary>
    Machine,

    /// <summary>The tree after it boots, and the suite comes to its end on it.</summary>
    Boot,
}

internal static class CheckKinds
{
    /// <summary>The check in words, with what it is about: <c>0002-….patch builds</c>, <c>builds without CONFIG_USERFAULTFD</c>.</summary>
    public static string Describe(this CheckKind kind, string subject) => kind switch
    {
        CheckKind.Without =>
            $"the last tree {kind.Words()} {string.Join(" and ", subject.Split('+').Select(option => $"CONFIG_{option}"))}",
        CheckKind.Machine => $"the last tree {kind.Words()} {subject}",
        _ => $"{subject} {kind.Words()}",
    };

    private static string Words(this CheckKind kind) => kind switch
    {
        CheckKind.Apply => "applies",
        CheckKind.Style => "checkpatch --strict",
        CheckKind.Build => "builds",
        CheckKind.Headers => "uapi headers",
        CheckKind.Lint => "sparse and W=1",
        CheckKind.Machine => "compiles for",
        CheckKind.Boot => "boots",
        _ => "builds without",
    };
}

/// <summary>How a check ended.</summary>
internal enum CheckOutcome
{
    Ok,

    /// <summary>There was nothing to check; the details say why.</summary>
    Skipped,

    /// <summary>A maintainer would send it back, but it builds.</summary>
    Complaint,

    /// <summary>The option cannot be switched off.</summary>
    Impossible,

    /// <summary>The patch does not apply, or the tree does not build.</summary>
    Failed,
}

/// <summary>The result of one check.</summary>
/// <param name="Kind">What was asked.</param>
/// <param name="Subject">
/// The patch's file name, of one of several mails in it <c>all.mbox (mail 2 of 5)</c>; for <see cref="CheckKind.Without"/> the option,
/// without <c>CONFIG_</c>, or several, <c>A+B</c>; for <see cref="CheckKind.Machine"/> kbuild's name of it.
/// </param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Seconds">Wall clock.</param>
/// <param name="Summary">A few words: how much was compiled, why nothing was, how many complaints.</param>
/// <param name="Details">One line each: checkpatch's complaints, the compiler's errors and warnings, rejected hunks.</param>
/// <param name="LogPath">Everything that was printed; null when nothing was.</param>
internal sealed record CheckResult(
    CheckKind Kind, string Subject, CheckOutcome Outcome, double Seconds, string Summary, IReadOnlyList<string> Details, string? LogPath)
{
    /// <summary>How a boot failed; null for every other check.</summary>
    [JsonIgnore]
    public VerdictKind? Ending { get; init; }

    /// <summary>The check's verdict on the series; "failed" is a complaint.</summary>
    [JsonIgnore]
    public VerdictKind Verdict => Ending ?? (Outcome, Kind) switch
    {
        (CheckOutcome.Ok or CheckOutcome.Skipped, _) => VerdictKind.Pass,
        (CheckOutcome.Complaint, _) => VerdictKind.Failed,
        (CheckOutcome.Impossible, _) => VerdictKind.KconfigDropped,
        (_, CheckKind.Apply) => VerdictKind.PatchDoesNotApply,
        _ => VerdictKind.KernelBuildFailed,
    };

    /// <summary>The check's exit code: 0, 1 for a complaint, 4 to 8 or 10 (docs/exit-codes.md).</summary>
    public int ExitCode => Verdict.ExitCode();
}
