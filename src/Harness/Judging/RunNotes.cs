using System.Collections.Immutable;
using System.Globalization;
using Faultline.Harness.Results;

namespace Faultline.Harness.Judging;

/// <summary>
/// What a reader of a verdict should know of the run although it decides nothing: a hole in the kernel log, a busy
/// machine.
/// </summary>
internal static class RunNotes
{
    public static ImmutableArray<string> Of(RunEvidence run)
    {
        var notes = new List<string>();
        if (run.Guests.IsEmpty)
            AddOnLog(notes, run, "");
        else
        {
            notes.Add($"the run took {run.Guests.Length} {run.RunsPlural}: where a test ended one, the next went on behind it.");
            for (var at = 0; at < run.Guests.Length; at++)
                AddOnLog(notes, run.Guests[at], $"{run.Runs} {at + 1}: ");
        }

        if (run.GivenUp is { } why)
        {
            var never = run.Record.Missing.Count(test => !run.Record.Losses.ContainsKey(test.Id));
            notes.Add($"{why}: {Many(never, "test")} without a result.");
        }

        if (run.Host is { IsBusy: true } host)
        {
            var waited = Invariant($"{host.Waited:0.0} of {host.Seconds:0.0} s (load {host.Load:0.0} on {host.Processors} processors)");
            notes.Add($"the machine was busy: the {run.Runs} waited for a processor for {waited}. Deadlines did not count that time.");
        }

        if (run.ResumeFailure is { } failure)
            notes.Add($"a snapshot of the guest did not come to life, so it was booted: {failure}");
        if (run.EarlierCrash is { } crash)
            notes.Add($"{crash} in a first attempt, which counts for nothing; this is the second.");
        return [.. notes];
    }

    private static void AddOnLog(List<string> all, RunEvidence evidence, string guest)
    {
        var (record, log) = (evidence.Record, evidence.Log);
        var notes = new List<string>();
        if (log.Dropped > 0)
            notes.Add($"the kernel dropped {Many(log.Dropped, "message")} before they reached its log's console. {Blind(record)}");
        if (log.LeftOut > 0)
            notes.Add($"the kernel log is too long to be kept: {log.LeftOut >> 20} MiB in its middle are left out. {Blind(record)}");
        else if (record.Exit?.Log is { } end && !log.Stamps.Contains(end))
        {
            notes.Add(
                "the kernel log lacks the line that init wrote at the suite's end: "
                + $"the kernel no longer wrote all it said to its console. {Blind(record)}");
        }

        if (log.Suppressed > 0)
        {
            notes.Add(
                $"the kernel left out {Many(log.Suppressed, "message")} because there were too many of a kind; "
                + "the first of each kind are in its log.");
        }

        all.AddRange(notes.Select(note => guest + note));
    }

    private static string Blind(RunRecord record) => record.Exit?.Taint switch
    {
        null => "A splat among them would be missing here.",
        var taint when TaintFlags.Complaints(taint.Value).IsEmpty =>
            "The taint flags say that no warning, oops or bad page was among them; a lockdep report or a stall could have been.",
        _ => "The taint flags say that the kernel complained.",
    };

    private static string Many(long count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
