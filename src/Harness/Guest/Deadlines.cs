namespace Faultline.Harness.Guest;

/// <summary>
/// How long each part of a run may take. All of them count the time in which the guest could run, not that in which a busy machine kept it
/// waiting: docs/adr/0010. The defaults are for a real CPU and longer for an emulated one; what a user asked for is taken as it is.
/// </summary>
internal sealed record Deadlines
{
    /// <summary>However busy the machine is, at least one second in so many counts, so that every deadline passes some day; <c>run-guest</c> and this agree.</summary>
    internal const int MostStretch = 10;

    private static readonly TimeSpan BootDefault = TimeSpan.FromSeconds(30), RunDefault = TimeSpan.FromSeconds(120),
        TestDefault = TimeSpan.FromSeconds(10), SilenceMargin = TimeSpan.FromSeconds(5);

    /// <summary>None is longer, however many rounds: the suite and the timers of this machine take little more.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(10);

    /// <summary>The time from power-on to the guest's init; null for the default.</summary>
    public TimeSpan? Boot { get; init; }

    /// <summary>The whole suite, from its start to its end; null for the default.</summary>
    public TimeSpan? Run { get; init; }

    /// <summary>What the programs that run after the suite may take by their own limits; the default for all of them together.</summary>
    public TimeSpan Programs { get; init; }

    /// <summary>How many rounds of the suite the default for <see cref="Run"/> is for.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>What the suite gets beyond its own deadline before init's watchdog ends the guest.</summary>
    public TimeSpan WatchdogMargin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The time from the end of the suite to a machine that is switched off, on a real CPU.</summary>
    public TimeSpan PowerOff { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whole seconds to user space.</summary>
    public int BootSeconds(double factor) => Seconds(Boot, BootDefault, factor);

    /// <summary>Whole seconds for the suite: its <c>--run-deadline</c>.</summary>
    public int RunSeconds(double factor) => Seconds(Run, RunDefault * Rounds, factor);

    /// <summary>Whole seconds for one test: its <c>--test-deadline</c>.</summary>
    public static int TestSeconds(double factor) => Seconds(null, TestDefault, factor);

    /// <summary>
    /// Whole seconds after which a suite that says nothing hangs. Every test either ends or is told as one that hangs in less, unless the
    /// kernel holds what the suite's own threads need to say so: its mmap lock, for one.
    /// </summary>
    public static int SilenceSeconds(double factor) => TestSeconds(factor) + Seconds(null, SilenceMargin, factor);

    /// <summary>Whole seconds until init's watchdog fires.</summary>
    public int WatchdogSeconds(double factor) =>
        RunSeconds(factor) + ProgramSeconds(factor) + (int)Math.Ceiling(WatchdogMargin.TotalSeconds);

    /// <summary>Whole seconds from the suite's end to a machine that is off.</summary>
    public int PowerOffSeconds(double factor) => Seconds(null, PowerOff, factor);

    /// <summary>Whole seconds for all programs; none where there are none.</summary>
    private int ProgramSeconds(double factor) => Programs == TimeSpan.Zero ? 0 : Seconds(Run, Programs, factor);

    private static int Seconds(TimeSpan? asked, TimeSpan otherwise, double factor) =>
        (int)Math.Ceiling(asked?.TotalSeconds ?? Math.Min(otherwise.TotalSeconds * factor, Longest.TotalSeconds));
}
