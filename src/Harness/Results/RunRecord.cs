using System.Collections.Immutable;

namespace Faultline.Harness.Results;

/// <summary>Everything one run of the payload reported, in order and without judgement.</summary>
internal sealed record RunRecord
{
    public static readonly RunRecord Empty = new();

    public BootEvent? Boot { get; init; }

    public HelloEvent? Hello { get; init; }

    /// <summary>What the kernel answered about its ABI, by name; empty when it was never asked.</summary>
    public ImmutableSortedDictionary<string, string> Live { get; init; } = Observables.Empty;

    /// <summary>Null until the payload announced its plan; an empty plan is not null.</summary>
    public ImmutableArray<PlannedTest>? Plan { get; init; }

    /// <summary>Tests in the order they started.</summary>
    public ImmutableArray<StartEvent> Started { get; init; } = [];

    /// <summary>One result for each test, also of several rounds, in the order in which the first came.</summary>
    public ImmutableArray<TestResult> Results { get; init; } = [];

    /// <summary>Every result of every round, in the order they came.</summary>
    public ImmutableArray<TestResult> Each { get => field.IsDefault ? Results : field; init; }

    /// <summary>How many rounds there were: what the suite says in its end, else the last one that is known of.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>How many guests it took: more than one where a test ended the one before.</summary>
    public int Guests { get; init; } = 1;

    /// <summary>The tests that ended a guest of several, by id.</summary>
    public ImmutableSortedDictionary<string, GuestLoss> Losses { get; init; } = ImmutableSortedDictionary<string, GuestLoss>.Empty;

    public ImmutableArray<HangEvent> Hangs { get; init; } = [];

    /// <summary>The programs that were to run after the suite, with what each printed; none where the guest announced none.</summary>
    public ImmutableArray<ProgramRun> Programs { get; init; } = [];

    /// <summary>The guest said that no program is left.</summary>
    public bool ProgramsEnded { get; init; }

    public EndEvent? End { get; init; }

    public ExitEvent? Exit { get; init; }

    /// <summary>Why the guest's init never started the suite; null when it did.</summary>
    public string? GaveUp { get; init; }

    /// <summary>Null unless the guest's own watchdog ended it.</summary>
    public WatchdogEvent? Watchdog { get; init; }

    /// <summary>What the suite and the watchdog told of the threads of a run that hung, a line each.</summary>
    public ImmutableArray<string> Threads { get; init; } = [];

    /// <summary>Complaints about the stream itself: malformed lines, results nobody planned, duplicates.</summary>
    public ImmutableArray<string> Problems { get; init; } = [];

    /// <summary>What each scenario showed, by its name in a profile; one that was skipped or observed nothing is not among them.</summary>
    public IReadOnlyDictionary<string, ImmutableSortedDictionary<string, string>> Shown
    {
        get
        {
            var observed = Results.Where(result => !result.Observed.IsEmpty).ToLookup(result => result.Id, StringComparer.Ordinal);
            return (Plan ?? []).Where(test => test.Scenario is not null && observed.Contains(test.Id))
                .ToDictionary(test => test.Scenario!, test => observed[test.Id].First().Observed, StringComparer.Ordinal);
        }
    }

    /// <summary>Planned tests without a result in one of the rounds, in plan order.</summary>
    public IEnumerable<PlannedTest> Missing
    {
        get
        {
            var reported = Each.Select(result => (result.Id, result.Round)).ToHashSet();
            return (Plan ?? []).Where(test => !Enumerable.Range(1, Rounds).All(round => reported.Contains((test.Id, round))));
        }
    }

    /// <summary>Ids of tests that started and never reported, oldest first.</summary>
    public IEnumerable<string> InFlight
    {
        get
        {
            var reported = Each.Select(result => (result.Id, result.Round)).ToHashSet();
            return Started.Where(start => !reported.Contains((start.Id, start.Round))).Select(start => start.Id).Distinct(StringComparer.Ordinal);
        }
    }

    /// <summary>A plan, a result for each planned test, the payload's end and its exit status.</summary>
    public bool IsComplete => Plan is not null && End is not null && Exit is not null && !Missing.Any();

    /// <summary>The kernel's uptime in seconds at <paramref name="t"/> of the payload's clock; null when the two cannot be related.</summary>
    public double? KernelTime(double t) => Hello?.Uptime is { } uptime ? t - Hello.T + uptime : null;

    /// <summary>The tests that were running at a kernel time (seconds of uptime), or null when the clocks cannot be related.</summary>
    public IReadOnlyList<string>? RunningAt(double uptime)
    {
        if (Hello?.Uptime is not { } helloUptime)
            return null;
        var t = uptime - helloUptime + Hello.T;
        var ends = Each.GroupBy(result => (result.Id, result.Round)).ToDictionary(group => group.Key, group => group.First().T);
        return
        [
            .. Started.Where(start => start.T <= t && (!ends.TryGetValue((start.Id, start.Round), out var end) || t <= end))
                .Select(start => start.Id),
        ];
    }

    /// <summary>
    /// The test that was running nearest to a kernel time, no further away than an emulated CPU's log clock is off; null
    /// where there is none.
    /// </summary>
    public string? NearestTo(double uptime)
    {
        const double clockError = 0.1;
        if (Hello?.Uptime is not { } helloUptime)
            return null;
        var t = uptime - helloUptime + Hello.T;
        return Started.Select(start => (start.Id, Away: Math.Abs(start.T - t)))
            .Concat(Each.Select(result => (result.Id, Away: Math.Abs(result.T - t))))
            .Where(test => test.Away <= clockError).OrderBy(test => test.Away).Select(test => test.Id).FirstOrDefault();
    }

    /// <summary>Reads a whole recorded stream.</summary>
    public static RunRecord FromEvents(IEnumerable<GuestEvent> events)
    {
        var builder = new RunRecordBuilder();
        foreach (var e in events)
            builder.Add(e);
        return builder.ToRecord();
    }
}

/// <summary>Gathers events as they arrive into a <see cref="RunRecord"/>.</summary>
internal sealed class RunRecordBuilder
{
    private const int MostProblems = 50;
    private const int MostThreads = 400;

    private readonly ImmutableArray<StartEvent>.Builder _started = ImmutableArray.CreateBuilder<StartEvent>();
    private readonly ImmutableArray<TestResult>.Builder _results = ImmutableArray.CreateBuilder<TestResult>();
    private readonly ImmutableArray<HangEvent>.Builder _hangs = ImmutableArray.CreateBuilder<HangEvent>();
    private readonly List<string> _problems = [];
    private readonly List<string> _threads = [];
    private readonly ImmutableArray<PlannedTest>.Builder _plan = ImmutableArray.CreateBuilder<PlannedTest>();
    private readonly HashSet<string> _planned = new(StringComparer.Ordinal);
    private readonly HashSet<(string Id, int Round)> _reported = [];
    private readonly ProgramRuns _programs = new();
    private RunRecord _record = RunRecord.Empty;
    private int _unlisted;

    public void Add(GuestEvent e)
    {
        switch (e)
        {
            case BootEvent boot:
                if (_record.Boot is not null)
                    Complain("the guest booted twice in one run: it rebooted instead of stopping");
                _record = _record with { Boot = boot };
                break;
            case HelloEvent hello:
                if (hello.Schema != "faultline-events/1")
                    Complain($"the payload speaks '{hello.Schema}', this harness reads 'faultline-events/1'");
                _record = _record with { Hello = hello };
                break;
            case LiveEvent live:
                _record = _record with { Live = live.Facts };
                break;
            case PlanEvent plan:
                AddPlan(plan);
                break;
            case StartEvent start:
                _started.Add(start);
                break;
            case ResultEvent { Result: var result }:
                AddResult(result);
                break;
            case HangEvent hang:
                _hangs.Add(hang);
                AddThreads(hang.Threads);
                break;
            case WatchdogEvent watchdog:
                _record = _record with { Watchdog = watchdog };
                break;
            case ThreadEvent thread:
                AddThreads([thread.Text]);
                break;
            case GaveUpEvent gaveUp:
                _record = _record with { GaveUp = gaveUp.Reason };
                break;
            case EndEvent end:
                _record = _record with { End = end };
                break;
            case ExitEvent exit:
                _record = _record with { Exit = exit };
                break;
            case ProgramsEndEvent:
                _record = _record with { ProgramsEnded = true };
                break;
            case ProgramsEvent or ProgramEvent or OutputEvent or ProgramEndedEvent:
                if (_programs.Add(e) is { } problem)
                    Complain(problem);
                break;
            case MalformedEvent bad:
                Complain($"line {bad.Line} of the event stream: {bad.Reason}: {bad.Excerpt}");
                break;
        }
    }

    public RunRecord ToRecord() => _record with
    {
        Started = _started.ToImmutable(),
        Results = TestResult.OfEach(_results),
        Each = _results.ToImmutable(),
        Rounds = _record.End?.Rounds ?? _started.Select(start => start.Round).DefaultIfEmpty(1).Max(),
        Hangs = _hangs.ToImmutable(),
        Programs = _programs.ToRuns(),
        Threads = [.. _threads],
        Problems = _unlisted > 0 ? [.. _problems, $"and {_unlisted} more"] : [.. _problems],
    };

    /// <summary>A plan may come in several parts. One that comes late counts too, so that nobody shrinks what has to be reported.</summary>
    private void AddPlan(PlanEvent part)
    {
        if (_started.Count > 0)
            Complain("the plan was extended after the first test had started");
        foreach (var test in part.Tests)
        {
            if (_planned.Add(test.Id))
                _plan.Add(test);
            else
                Complain($"the plan names '{test.Id}' twice");
        }

        _record = _record with { Plan = _plan.ToImmutable() };
    }

    private void AddResult(TestResult result)
    {
        if (!_planned.Contains(result.Id))
            Complain($"a result for '{result.Id}', which no plan announced");
        // The first result stands: a test that reports twice cannot repair its failure.
        if (_reported.Add((result.Id, result.Round)))
            _results.Add(result with { Guest = _record.Hello?.Guest ?? 1 });
        else
            Complain($"a second result for '{result.Id}' was ignored");
    }

    private void AddThreads(IEnumerable<string> threads) => _threads.AddRange(threads.Take(MostThreads - _threads.Count));

    private void Complain(string problem)
    {
        if (_problems.Count < MostProblems)
            _problems.Add(problem);
        else
            _unlisted++;
    }
}
