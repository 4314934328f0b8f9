using System.Collections.Immutable;
using Faultline.Harness.Results;

namespace Faultline.Harness.Judging;

/// <summary>
/// What a kernel did to itself: it complained in its log, it is tainted by a complaint that the log lost, or the
/// machine stopped under the suite.
/// </summary>
internal static class CrashRules
{
    public static Verdict? Judge(RunEvidence evidence) => Complained(evidence) ?? StoppedTheMachine(evidence) ?? Tainted(evidence);

    private static Verdict? Complained(RunEvidence evidence)
    {
        // The watchdog of a dead guest ends it by NMI, which panics: that panic reports the hang and is not its cause.
        var splats = evidence.Ending == GuestEnding.Deadline
            ? [.. evidence.Log.Splats.Where(splat => !splat.IsFromNmi)]
            : evidence.Log.Splats;
        if (splats.IsEmpty)
            return null;

        var first = splats[0];
        var (where, inFlight) = Stage(evidence.Record, first);
        return new Verdict(VerdictKind.Crashed, $"{Noun(first.Kind)} {where}: {first.Title}")
        {
            InFlight = inFlight,
            Reasons = [.. splats.Select(splat => $"kernel log line {splat.Line}: {splat.Title}")],
            Excerpt = first.Excerpt,
        };
    }

    /// <summary>When it happened, in words, and the tests that were running.</summary>
    private static (string Where, ImmutableArray<string> InFlight) Stage(RunRecord record, Splat first)
    {
        // The boot and exit events hold the log's own clock, so that their order with a line of the log is exact.
        if (record.Boot is { } boot && first.Uptime < (boot.Log ?? boot.Uptime))
            return ("while booting, before the suite started", []);
        if (record.Exit?.Log < first.Uptime)
            return ("at power-off, after the suite's end", []);

        // An emulated CPU's log clock is off by up to a tenth of a second, and tests are shorter: the test that never
        // ended is the surer witness,
        // unless the guest went on after its first splat.
        var fatal = record.Exit is null;
        ImmutableArray<string> unended = fatal ? [.. record.InFlight] : [];
        ImmutableArray<string> byClock = (EndsTheGuest(first) && unended.Length > 0) || first.Uptime is not { } uptime
            ? [] : [.. record.RunningAt(uptime) ?? []];
        // Between two tests stands a moment: it was one of them, or what one left behind.
        if (byClock.IsEmpty && !fatal && !EndsTheGuest(first) && first.Uptime is { } between && record.NearestTo(between) is { } nearest)
            byClock = [nearest];
        if (!byClock.IsEmpty)
            return ($"around the time of {string.Join(", ", byClock)}", byClock);
        var where = unended.Length > 0 ? $"while {string.Join(", ", unended)} was running"
            : record.Boot is null ? "while booting, before the suite started"
            : !fatal && EndsTheGuest(first) ? "at power-off, after the suite's end"
            : record.End is not null && IsAfterTheLastTest(record, first) ? "after the last test"
            : record.Plan is null ? "after boot, before the suite announced its plan"
            : fatal ? "between two tests" : "during the suite";
        return (where, unended);
    }

    private static bool IsAfterTheLastTest(RunRecord record, Splat splat) =>
        record.Each.Length > 0 && splat.Uptime is { } uptime && record.KernelTime(record.Each.Max(result => result.T)) < uptime;

    /// <summary>Whether a guest, which boots with panic_on_oops=1, does nothing more after it.</summary>
    private static bool EndsTheGuest(Splat splat) =>
        splat.Kind is SplatKind.Panic or SplatKind.Oops or SplatKind.PageTableCheck
        || splat.Title.StartsWith("kernel BUG at ", StringComparison.Ordinal);

    /// <summary>Init announces its own power-off; a machine that stops without that was stopped by its kernel.</summary>
    private static Verdict? StoppedTheMachine(RunEvidence evidence)
    {
        var record = evidence.Record;
        var what = evidence.Ending switch
        {
            GuestEnding.Reset => "the machine reset itself",
            GuestEnding.Stopped when record is { Exit: null, GaveUp: null } && (record.Boot is not null || evidence.Log.Started) =>
                "the machine switched itself off",
            _ => null,
        };
        if (what is null)
            return null;
        var inFlight = record.InFlight.ToImmutableArray();
        var where = record.Exit is not null ? "at power-off, after the suite's end"
            : inFlight.Length > 0 ? $"while {string.Join(", ", inFlight)} was running"
            : record.Boot is null ? "while booting, before the suite started"
            : record.Plan is null ? "after boot, before the suite announced its plan"
            : "between two tests";
        var why = evidence.Ending == GuestEnding.Reset
            ? "a triple fault, or a kernel that restarted without a panic in its log"
            : "nobody in the guest had announced it, and there is no panic in the kernel log";
        return new Verdict(VerdictKind.Crashed, $"{what} {where}: {why}")
        {
            InFlight = inFlight,
            Reasons = [$"{what} {where}"],
            Excerpt = string.Join('\n', new[] { evidence.Detail, evidence.Log.Tail }.Where(part => !string.IsNullOrWhiteSpace(part))),
        };
    }

    /// <summary>A complaint taints the kernel even when its words never reached the console.</summary>
    private static Verdict? Tainted(RunEvidence evidence)
    {
        var complaints = TaintFlags.Complaints(evidence.Record.Exit?.Taint ?? 0);
        if (complaints.IsEmpty)
            return null;
        var summary = $"the kernel is tainted ({string.Join(", ", complaints)}), but its log lost the lines that say why";
        return new Verdict(VerdictKind.Crashed, summary) { Reasons = [summary], Excerpt = evidence.Log.Tail };
    }

    private static string Noun(SplatKind kind) => kind switch
    {
        SplatKind.Panic => "panic",
        SplatKind.Oops => "oops",
        SplatKind.Bug => "kernel BUG",
        SplatKind.Warning => "kernel warning",
        SplatKind.Lockdep => "lockdep report",
        SplatKind.RcuStall => "RCU stall",
        SplatKind.SoftLockup => "soft lockup",
        SplatKind.HardLockup => "hard lockup",
        SplatKind.HungTask => "hung task",
        SplatKind.Sanitizer => "sanitizer report",
        SplatKind.BadPageTable => "bad page table entry",
        _ => "page table check",
    };
}
