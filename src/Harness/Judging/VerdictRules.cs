using System.Collections.Immutable;
using Faultline.Harness.Results;

namespace Faultline.Harness.Judging;

/// <summary>Judges one run. Pure: the same evidence gives the same verdict.</summary>
internal static class VerdictRules
{
    /// <summary>The payload's exit status when a test or the run passed its deadline.</summary>
    public const int PayloadDeadline = 3;

    private const int PayloadUsage = 2;
    private const int SignalBase = 128;

    /// <summary>Judges a kernel against its own profile: every planned test must pass or be skipped with a reason.</summary>
    public static Verdict Judge(RunEvidence evidence) => Unfinished(evidence) ?? Conformance(evidence.Record);

    /// <summary>
    /// What speaks against a run before its results count: a splat, a hang, a guest that told nothing. Null when the run is
    /// complete and its results may be judged.
    /// </summary>
    internal static Verdict? Unfinished(RunEvidence evidence) => evidence.Guests.IsEmpty
        ? Ended(evidence) ?? Empty(evidence.Record) ?? Incomplete(evidence)
        : GuestRules.Unfinished(evidence);

    /// <summary>What ended a guest: its kernel, a deadline, or somebody outside; null when it ended as it should.</summary>
    internal static Verdict? Ended(RunEvidence guest) => CrashRules.Judge(guest) ?? Hung(guest) ?? NotEvenRun(guest);

    private static Verdict? Hung(RunEvidence evidence)
    {
        var record = evidence.Record;
        if (record.Hangs.Length == 0 && evidence.Ending != GuestEnding.Deadline && record.Exit?.Code != PayloadDeadline)
            return null;
        if (record.Boot is null && !evidence.Log.Started)
            return null;
        var passed = evidence.Limit ?? record.Watchdog?.Seconds;
        var time = passed is null ? "before the deadline" : $"in {passed:0.#} s";

        var inFlight = record.Hangs.Select(hang => hang.Id).Concat(record.InFlight).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var summary =
            record.Hangs.Length > 0 ? $"{string.Join(", ", inFlight)} did not finish within {record.Hangs[0].Deadline:0.#} s"
            : inFlight.Length > 0 && evidence.Silence is { } silence
                ? $"{string.Join(", ", inFlight)} did not end, and the suite could not even say so: nothing came for {silence:0.#} s"
            : inFlight.Length > 0 ? $"the run passed its deadline while {string.Join(", ", inFlight)} was running"
            : record.Boot is null ? $"the kernel did not reach user space {time}"
            : record.Exit is not null && evidence.Ending == GuestEnding.Deadline
                ? $"after the suite's end, the machine did not switch off {time}"
            : record.Plan is null ? $"the suite announced no plan {time}"
            : "the run passed its deadline between two tests";
        return new Verdict(VerdictKind.Hung, summary)
        {
            InFlight = inFlight,
            Reasons = [summary, .. MissingReasons(record)],
            Excerpt = Waiting(evidence),
        };
    }

    /// <summary>
    /// Where everybody waits: the threads by name, the kernel's own dump, the processors as seen from outside, or
    /// else the last lines.
    /// </summary>
    private static string Waiting(RunEvidence evidence)
    {
        string?[] parts =
        [
            string.Join('\n', evidence.Record.Threads), evidence.Log.BlockedTasks, evidence.Detail,
            evidence.Log.BlockedTasks is null ? evidence.Log.Tail : null,
        ];
        return string.Join('\n', parts.Where(part => !string.IsNullOrWhiteSpace(part)));
    }

    private static Verdict? NotEvenRun(RunEvidence evidence)
    {
        var (record, log) = (evidence.Record, evidence.Log);
        if (evidence.Ending == GuestEnding.Killed)
            return Infrastructure($"the guest was ended from outside: {FirstLine(evidence.Detail) ?? "its container is gone"}", log.Tail);
        if (evidence.Ending == GuestEnding.Broken)
        {
            var why = FirstLine(evidence.Detail) ?? "QEMU failed without a word";
            return Infrastructure($"the guest could not be run: {why}", evidence.Detail);
        }

        if (record.GaveUp is { } reason)
            return Infrastructure($"the guest's first program gave up: {reason}", log.Tail);
        if (record.Boot is null && record.Hello is null && record.Plan is null)
        {
            return Infrastructure(
                $"the guest never booted: not one line of kernel log (is the image {evidence.Image ?? "a kernel with a serial console"}?)",
                evidence.Detail ?? log.Tail);
        }

        if (record.Exit?.Code == PayloadUsage && record.Plan is null)
            return Infrastructure("the suite refused its profile or arguments (exit 2); the payload log says why", evidence.Detail);
        if (record.Exit is null)
            return Infrastructure("the guest vanished before it reported its exit", log.Tail);
        return null;
    }

    private static Verdict? Empty(RunRecord record)
    {
        if (record.Plan is null && record.Exit is { Code: not 0 } exit)
            return Infrastructure($"the suite died before it announced a plan ({Status(exit.Code)}); the payload log says why", null);
        if (record.Plan is null)
            return Vacuous("the suite reported nothing: no plan, yet it ended well", "no plan");
        if (record.Plan.Value.IsEmpty)
            return Vacuous("the plan is empty: no test ran (does the filter match anything?)", "empty plan");
        if (record.Results.All(result => result.Outcome == TestOutcome.Skipped) && !record.Missing.Any())
            return Vacuous("every planned test was skipped: nothing was proved", [.. SkipReasons(record)]);
        return null;
    }

    private static Verdict? Incomplete(RunEvidence evidence)
    {
        var record = evidence.Record;
        var reasons = new List<string>();
        reasons.AddRange(MissingReasons(record));
        if (record.End is null)
            reasons.Add("the suite wrote no end marker");
        var code = record.Exit!.Code;
        if (reasons.Count == 0 && code <= 1)
            return null;

        var died = Died(record);
        if (died.InFlight.IsEmpty)
            died = died with { Summary = $"the run is incomplete: {(reasons.Count > 0 ? reasons[0] : Status(code))}" };
        return died with { Reasons = [died.Summary, .. FailureReasons(record), .. reasons] };
    }

    /// <summary>
    /// Init lived to report the suite's status, so the kernel stands; a suite that dies in a test met something it was promised not to.
    /// </summary>
    internal static Verdict Died(RunRecord record)
    {
        var inFlight = record.InFlight.ToImmutableArray();
        var when = inFlight.Length > 0 ? $"while {string.Join(", ", inFlight)} was running" : "between two tests";
        return new Verdict(VerdictKind.Failed, $"the suite died with {Status(record.Exit!.Code)} {when}") { InFlight = inFlight };
    }

    private static Verdict Conformance(RunRecord record)
    {
        var failures = FailureReasons(record).ToImmutableArray();
        var unexplained = record.Results.Where(result => result is { Outcome: TestOutcome.Skipped, Reason: null or "" })
            .Select(result => $"{result.Id}: skipped without a reason");
        ImmutableArray<string> reasons = [.. failures, .. unexplained, .. record.Problems];
        if (reasons.IsEmpty && record.Exit!.Code != 0)
            reasons = [$"no test failed, yet the suite ended with {Status(record.Exit.Code)}"];
        var tests = record.Plan!.Value.Length is 1 ? "1 test" : $"{record.Plan.Value.Length} tests";
        if (reasons.IsEmpty)
        {
            var passed = $"{record.Results.Count(r => r.Outcome == TestOutcome.Passed)} of {tests} passed";
            return new Verdict(VerdictKind.Pass, record.Rounds == 1 ? passed : $"{passed} in each of {record.Rounds} rounds");
        }

        return new Verdict(
            VerdictKind.Failed,
            failures.IsEmpty ? reasons[0] : $"{failures.Length} of {tests} failed: {Names(record)}") { Reasons = reasons };
    }

    private static string Names(RunRecord record)
    {
        var names = record.Results.Where(result => result.Outcome == TestOutcome.Failed)
            .Select(result => Label(record, result.Id) + (result.Rounds == 1 ? "" : $" in {result.FailedRounds} of {result.Rounds} rounds"))
            .Distinct(StringComparer.Ordinal).ToList();
        return names.Count <= 6 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(6))} and {names.Count - 6} more";
    }

    private static string Label(RunRecord record, string id) => record.Plan?.FirstOrDefault(test => test.Id == id)?.Row ?? id;

    internal static IEnumerable<string> FailureReasons(RunRecord record) =>
        record.Results.Where(result => result.Outcome == TestOutcome.Failed)
            .Select(result => $"{Named(record, result.Id)}: {Explain(result)}");

    /// <summary>A scenario goes by two names: that of its table in a profile, and that of its test.</summary>
    private static string Named(RunRecord record, string id) =>
        record.Plan?.FirstOrDefault(test => test.Id == id)?.Scenario is { } scenario ? $"{scenario} {id}" : id;

    /// <summary>Why a result is not what was expected, in one line.</summary>
    internal static string Explain(TestResult result)
    {
        var differences = result.Expected
            .Where(pair => !result.Observed.TryGetValue(pair.Key, out var seen) || seen != pair.Value)
            .Select(pair => $"{pair.Key} is {result.Observed.GetValueOrDefault(pair.Key, "not observed")}, expected {pair.Value}")
            .ToList();
        var why = differences.Count > 0 ? string.Join("; ", differences) : FirstLine(result.Message) ?? "failed without a message";
        return result.Rounds == 1 ? why : $"{why} (failed in {result.FailedRounds} of {result.Rounds} rounds)";
    }

    internal static IEnumerable<string> MissingReasons(RunRecord record) =>
        record.Missing.Select(test => $"{test.Id}: {WhyMissing(record, test.Id)}");

    /// <summary>Why a planned test has no result, in one line.</summary>
    internal static string WhyMissing(RunRecord record, string id) =>
        record.Losses.TryGetValue(id, out var loss) ? loss.ToString() : "planned, but no result came";

    private static IEnumerable<string> SkipReasons(RunRecord record) =>
        record.Results.Select(result => $"{result.Id}: skipped: {result.Reason}");

    private static Verdict Vacuous(string summary, params ImmutableArray<string> reasons) =>
        new(VerdictKind.Vacuous, summary) { Reasons = reasons };

    private static Verdict Infrastructure(string summary, string? excerpt) =>
        new(VerdictKind.Infrastructure, summary) { Reasons = [summary], Excerpt = string.IsNullOrWhiteSpace(excerpt) ? null : excerpt };

    private static string? FirstLine(string? text) => text?.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0);

    private static string Status(int code) => code > SignalBase ? $"signal {code - SignalBase}" : $"exit status {code}";
}
