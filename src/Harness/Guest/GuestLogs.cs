namespace Faultline.Harness.Guest;

/// <summary>Names of a run's log files.</summary>
internal static class GuestLogs
{
    /// <summary><c>console</c> (kernel log), <c>events</c> (the stream as it came) and <c>payload</c> (what the suite printed) to a path.</summary>
    public static Dictionary<string, string> In(string folder, string run) => new()
    {
        ["console"] = Path.Combine(folder, $"{run}.console.log"),
        ["events"] = Path.Combine(folder, $"{run}.events.jsonl"),
        ["payload"] = Path.Combine(folder, $"{run}.payload.log"),
    };

    /// <summary>
    /// What a log is called among those of all guests of a run: <c>console</c> of the first, <c>console.guest-2</c> of the second.
    /// </summary>
    public static string KeyOf(string log, int guest) => guest == 1 ? log : $"{log}.guest-{guest}";
}
