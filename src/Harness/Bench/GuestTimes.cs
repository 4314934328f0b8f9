using Faultline.Harness.Guest;

namespace Faultline.Harness.Bench;

/// <summary>
/// When a guest reached what, in seconds since its container was asked for. Events that carry the guest's uptime are placed by the boot event,
/// of which both the uptime and the time of arrival are known.
/// </summary>
/// <param name="KernelStart">The kernel's time zero.</param>
/// <param name="GuestReady">init has set the guest up.</param>
/// <param name="SuiteStart">The suite's first line.</param>
/// <param name="FirstTest">The suite's first test begins.</param>
/// <param name="SuiteEnd">The last test ended.</param>
/// <param name="Gone">The container is removed.</param>
internal sealed record GuestTimes(double KernelStart, double GuestReady, double SuiteStart, double FirstTest, double SuiteEnd, double Gone)
{
    /// <exception cref="GuestException">The run lacks an event.</exception>
    public static GuestTimes Of(GuestRun run)
    {
        var record = run.Evidence.Record;
        if (record is not { Boot: { } boot, Hello: { Uptime: { } helloUptime } hello } || run is not { BootSeconds: { } ready, FirstTestSeconds: { } firstTest } || record.Results.IsEmpty)
            throw new GuestException("The guest ran no test, so there is nothing to measure.");
        var start = ready - boot.Uptime;
        var suite = start + helloUptime;
        return new GuestTimes(start, ready, suite, firstTest, suite + record.Results[^1].T - hello.T, run.Seconds);
    }
}
