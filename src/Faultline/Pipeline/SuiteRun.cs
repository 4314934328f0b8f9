using System.Text;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Cli.Pipeline;

/// <summary>One run of the suite on one kernel, fresh or remembered.</summary>
/// <param name="Name">Names the log files: <c>base</c>, <c>base.control-wp-zeropage</c>.</param>
/// <param name="Logs"><c>console</c>, <c>events</c>, <c>payload</c> to a path.</param>
/// <param name="Phases">Boot and Test as they ran, or one line that says why they did not.</param>
internal sealed record SuiteRun(
    string Name, RunEvidence Evidence, Accelerator Accelerator, IReadOnlyDictionary<string, string> Logs, double Seconds, bool Cached,
    IReadOnlyList<PhaseFinished> Phases)
{
    /// <summary>
    /// Reads the evidence back from what a run left behind. The verdict is not remembered but judged again, so that better rules
    /// never need a new boot.
    /// </summary>
    public static RunEvidence Replay(IReadOnlyDictionary<string, string> logs, GuestEnding ending, string? detail)
    {
        var reader = new EventStreamReader();
        var events = new List<GuestEvent>(reader.Push(File.ReadAllBytes(logs["events"])));
        events.AddRange(reader.Complete());
        var console = logs.TryGetValue("console", out var path) && File.Exists(path) ? File.ReadAllText(path, Encoding.UTF8) : null;
        return new RunEvidence(RunRecord.FromEvents(events), console is null ? KernelLog.Empty : KernelLogScanner.Scan(console), ending, detail);
    }
}
