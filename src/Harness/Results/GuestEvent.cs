using System.Collections.Immutable;

namespace Faultline.Harness.Results;

/// <summary>One line of the guest's event stream. The shapes are those of <c>docs/guest-contract.md</c>.</summary>
internal abstract record GuestEvent;

/// <summary>Written by the guest's init once the root file system stands.</summary>
/// <param name="Release">Kernel release, as <c>uname -r</c>.</param>
/// <param name="Clocksource">Current clocksource of the guest, such as <c>kvm-clock</c> or <c>tsc</c>.</param>
/// <param name="Uptime">Seconds since the kernel started.</param>
/// <param name="Log">The same moment on the clock of the kernel log, whose lines are stamped with it; null when init could not read it.</param>
internal sealed record BootEvent(string Release, string Clocksource, double Uptime, double? Log = null) : GuestEvent;

/// <summary>The first program of a probing guest: it is alive, and that is all it does.</summary>
internal sealed record AliveEvent : GuestEvent;

/// <summary>The guest's init could not start the suite, and powered off.</summary>
internal sealed record GaveUpEvent(string Reason) : GuestEvent;

/// <summary>Init's watchdog ended the guest.</summary>
/// <param name="Seconds">The run deadline that passed; null when a test hung and the suite did not end by itself.</param>
internal sealed record WatchdogEvent(double? Seconds) : GuestEvent;

/// <summary>One thread of a guest that the watchdog ended: name, state and where it waits, in one line.</summary>
internal sealed record ThreadEvent(string Text) : GuestEvent;

/// <summary>First line of the payload.</summary>
/// <param name="Uptime">Kernel uptime in seconds when <paramref name="T"/> was read; lets kernel log lines be placed between tests.</param>
/// <param name="T">Seconds since the payload's writer started.</param>
internal sealed record HelloEvent(string Schema, string Profile, string Release, string Machine, string Runtime, double T, double? Uptime)
    : GuestEvent
{
    /// <summary>Which guest of the run it is, from 1.</summary>
    public int Guest { get; init; } = 1;

    /// <summary>The guest's clock, seconds since 1970; null when it was not told.</summary>
    public double? Time { get; init; }

    /// <summary>A random number of the guest's kernel: two guests of one snapshot have different ones.</summary>
    public string? Random { get; init; }
}

/// <summary>What the running kernel answered about its ABI. The harness keeps these texts and never reads them.</summary>
internal sealed record LiveEvent(ImmutableSortedDictionary<string, string> Facts) : GuestEvent;

/// <summary>What the payload is going to run, in order: the whole plan, or the next part of one that does not fit into a line.</summary>
/// <param name="Tests">The tests.</param>
/// <param name="Rounds">How often all of them run at most.</param>
internal sealed record PlanEvent(ImmutableArray<PlannedTest> Tests, int Rounds = 1) : GuestEvent;

/// <summary>A test began, <paramref name="T"/> seconds after the writer started.</summary>
internal sealed record StartEvent(string Id, double T, int Round = 1) : GuestEvent;

/// <summary>A test came to its end.</summary>
internal sealed record ResultEvent(TestResult Result) : GuestEvent;

/// <summary>One round of a measurement; its figures are read from the recorded stream.</summary>
/// <param name="What">The measurement.</param>
/// <param name="Way">The way of protecting that was measured.</param>
/// <param name="Bytes">How much memory.</param>
internal sealed record MeasureEvent(string What, string Way, double Bytes) : GuestEvent;

/// <summary>A test passed its deadline (seconds); blocked tasks were dumped to the kernel log before this line.</summary>
internal sealed record HangEvent(string Id, double Deadline, double T) : GuestEvent
{
    /// <summary>Whether the deadline of the whole run passed, and not the test's.</summary>
    public bool IsOfTheRun { get; init; }

    /// <summary>The suite's own threads, a line each: name and where it waits.</summary>
    public ImmutableArray<string> Threads { get; init; } = [];
}

/// <summary>The payload's own totals over all rounds: the end marker.</summary>
internal sealed record EndEvent(int Passed, int Failed, int Skipped, double Seconds, int Rounds = 1) : GuestEvent;

/// <summary>The payload's exit status as init saw it; 128+n for signal n.</summary>
/// <param name="Taint">The kernel's taint flags after the suite's end; null when nobody could read them.</param>
/// <param name="Log">That moment on the clock of the kernel log; null when it could not be read.</param>
internal sealed record ExitEvent(int Code, long? Taint = null, double? Log = null) : GuestEvent;

/// <summary>The programs that the guest starts after the suite, by their ids, in order: that part of its plan.</summary>
internal sealed record ProgramsEvent(ImmutableArray<string> Ids) : GuestEvent;

/// <summary>A program began, <paramref name="T"/> seconds after the kernel started.</summary>
internal sealed record ProgramEvent(string Id, double T) : GuestEvent;

/// <summary>A line that the running program printed, on either of its streams.</summary>
internal sealed record OutputEvent(string Id, string Text, double T) : GuestEvent;

/// <summary>A program came to its end.</summary>
internal sealed record ProgramEndedEvent(string Id, ProgramEnd End) : GuestEvent;

/// <summary>No program is left: their end marker.</summary>
internal sealed record ProgramsEndEvent : GuestEvent;

/// <summary>A line that is not an event: junk, truncated, over-long or not UTF-8. It is reported and never fatal.</summary>
/// <param name="Line">1-based line number in the stream.</param>
/// <param name="Excerpt">The first bytes of the line with control characters made visible.</param>
internal sealed record MalformedEvent(long Line, string Reason, string Excerpt) : GuestEvent;

/// <summary>A test the payload announced.</summary>
/// <param name="Suite"><c>scenario</c> or <c>generated</c>.</param>
/// <param name="Row">Row of the scenario table, such as <c>R12</c>; null for others.</param>
/// <param name="Feature">Feature macro the test belongs to; null for others.</param>
/// <param name="Promise">The variant promises something else here than its control does.</param>
internal sealed record PlannedTest(string Id, string Name, string Suite, string? Row, string? Feature, bool Promise)
{
    /// <summary>The scenario, by the name that a profile knows it by (<c>R31-mprotect</c>); null for others.</summary>
    public string? Scenario { get; init; }

    /// <summary>What is done, in words for people; null for a test that has no other than its name.</summary>
    public string? Title { get; init; }

    /// <summary>What a scenario asks, and why anyone cares.</summary>
    public string? About { get; init; }
}

/// <summary>What one test observed.</summary>
/// <param name="Seconds">How long it ran.</param>
/// <param name="T">Seconds since the writer started, at the end of the test.</param>
/// <param name="AsControl">What was observed is exactly what the control expects.</param>
internal sealed record TestResult(string Id, TestOutcome Outcome, double Seconds, double T)
{
    public string? Message { get; init; }

    public string? Stack { get; init; }

    /// <summary>Why the test was skipped.</summary>
    public string? Reason { get; init; }

    public bool AsControl { get; init; }

    /// <summary>Observable to expected value, sorted by observable; empty for tests without a table.</summary>
    public ImmutableSortedDictionary<string, string> Expected { get; init; } = Observables.Empty;

    /// <summary>Observable to observed value, sorted by observable.</summary>
    public ImmutableSortedDictionary<string, string> Observed { get; init; } = Observables.Empty;

    /// <summary>The scenario observed all that it means to: it may be written down as what to expect.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The round that it is of, from 1; of a result that stands for several rounds the one that it was taken from.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The guest of the run that it ran in, from 1.</summary>
    public int Guest { get; init; } = 1;

    /// <summary>How many rounds it stands for.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>In how many of them the test failed; means nothing of a single round.</summary>
    public int FailedRounds { get; init; }

    /// <summary>One result for each test, in the order in which the first came.</summary>
    public static ImmutableArray<TestResult> OfEach(IEnumerable<TestResult> each) =>
        [.. each.GroupBy(result => result.Id, StringComparer.Ordinal).Select(rounds => Of([.. rounds]))];

    /// <summary>
    /// One result for all rounds of a test: a failed one if there is any. It is whole only if each was, and all saw the same.
    /// </summary>
    public static TestResult Of(IReadOnlyList<TestResult> rounds)
    {
        if (rounds.Count == 1)
            return rounds[0];
        List<TestResult> failed = [.. rounds.Where(result => result.Outcome == TestOutcome.Failed)];
        return (failed.FirstOrDefault() ?? rounds[0]) with
        {
            Rounds = rounds.Count,
            FailedRounds = failed.Count,
            AsControl = failed.Count > 0 && failed.TrueForAll(result => result.AsControl),
            IsWhole = rounds.All(result => result.IsWhole && result.Observed.SequenceEqual(rounds[0].Observed)),
        };
    }
}

internal static class Observables
{
    public static readonly ImmutableSortedDictionary<string, string> Empty =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
