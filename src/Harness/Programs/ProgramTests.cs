using System.Collections.Immutable;
using System.Globalization;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Programs;

/// <summary>
/// Turns what programs printed into tests with results, next to those of the built-in suite. Each program is itself a test as well: that
/// its output is whole and its exit status agrees with it.
/// </summary>
internal static class ProgramTests
{
    private const string Outcome = "outcome";

    /// <summary>The run with the programs' tests in plan and results.</summary>
    /// <param name="record">What the guest reported.</param>
    /// <param name="set">What was to run.</param>
    /// <param name="filters">The user's queries.</param>
    public static RunRecord AddTo(RunRecord record, ProgramSet set, IReadOnlyList<string> filters)
    {
        if (set.IsPlain)
            return record;
        var chosen = new ProgramFilter(filters);
        var runs = record.Programs.ToDictionary(run => run.Id, StringComparer.Ordinal);
        // Times of programs are the kernel's; the suite's begin with its first line.
        var clock = record.Hello is { Uptime: { } uptime } hello ? hello.T - uptime : 0;
        List<PlannedTest> plan = [.. record.Plan ?? []];
        List<TestResult> results = [];
        List<StartEvent> started = [];
        List<HangEvent> hangs = [];
        foreach (var (suite, program) in set.Selected(filters))
        {
            var run = runs.GetValueOrDefault(program.Id);
            var parsed = run is null ? ParsedOutput.Nothing : OutputReading.Read(run.Lines, run.End);
            foreach (var test in parsed.Tests)
            {
                var began = Math.Max(test.Time.Began, run!.Began ?? 0);
                Add(suite, program, test.Name, began, test with { Time = (began, test.Time.Ended) });
            }

            foreach (var test in suite.Declared.TestsOf(program.Name).Where(test => parsed.Tests.All(seen => seen.Name != test)))
                Add(suite, program, test, began: null, seen: null);
            Add(suite, program, test: null, run?.Began, Whole(program, run, parsed));
            if (run?.End is { IsAlive: true } stuck)
                hangs.Add(new HangEvent(program.Id, stuck.Limit ?? stuck.Seconds, stuck.T + clock));
        }

        return record with
        {
            Hello = record.Hello ?? new HelloEvent("faultline-events/1", "", record.Boot?.Release ?? "", "", "", 0, 0),
            // Without a plan it is told why nothing could be run.
            Plan = record.Plan is null && (set.Builtin || RefusedToRun(record)) ? null : [.. plan],
            Started = record.Started.AddRange(started),
            Results = record.Results.AddRange(results),
            Each = record.Each.AddRange(results),
            Hangs = record.Hangs.AddRange(hangs),
            End = Ended(record, set, results),
        };

        void Add(BuiltSuite suite, SuiteProgram program, string? test, double? began, ParsedTest? seen)
        {
            var planned = Plan(suite, program, test);
            if (test is not null && !chosen.Selects(planned))
                return;
            plan.Add(planned);
            if (began is { } from)
                started.Add(new StartEvent(planned.Id, (seen?.Time.Began ?? from) + clock));
            if (seen is { Outcome: not null })
                results.Add(Held(planned, seen, suite.Declared, KeyOf(program, test), clock));
        }
    }

    /// <summary>A test as plans have it.</summary>
    /// <param name="test">null for the program as a whole.</param>
    public static PlannedTest Plan(BuiltSuite suite, SuiteProgram program, string? test) => new(
        test is null ? program.Id : program.IdOf(test), test is null ? program.Name : $"{program.Name}: {test}", suite.Name, Row: null,
        Feature: null, suite.Declared.IsPromise(KeyOf(program, test)))
    {
        Title = test is null ? $"{program.Name}: its output is whole, and its exit status agrees with it" : null,
    };

    /// <summary>What starts the programs could not: exit 2, before it announced one.</summary>
    private static bool RefusedToRun(RunRecord record) =>
        record is { Exit.Code: not (0 or 1), Programs.IsEmpty: true, ProgramsEnded: false };

    /// <summary>What its variant's file calls a test.</summary>
    private static string KeyOf(SuiteProgram program, string? test) => test is null ? program.Name : $"{program.Name}: {test}";

    /// <summary>The marker of the built-in suite is not enough where programs were to follow.</summary>
    private static EndEvent? Ended(RunRecord record, ProgramSet set, List<TestResult> results)
    {
        if (!record.ProgramsEnded || (set.Builtin && record.End is null))
            return null;
        int Of(TestOutcome outcome) => results.Count(result => result.Outcome == outcome);
        var before = record.End ?? new EndEvent(0, 0, 0, 0);
        return before with
        {
            Passed = before.Passed + Of(TestOutcome.Passed), Failed = before.Failed + Of(TestOutcome.Failed),
            Skipped = before.Skipped + Of(TestOutcome.Skipped),
        };
    }

    /// <summary>The program as a test: whether one may believe that what it reported is all that there was to report.</summary>
    private static ParsedTest? Whole(SuiteProgram program, ProgramRun? run, ParsedOutput parsed)
    {
        if (program.BuildError is { } error)
            return new ParsedTest(program.Name, TestOutcome.Failed) { Detail = $"it does not build: {error}" };
        if (run is not { Began: { } began, End: { } end })
            return null;
        var (outcome, detail) = Judge(run, end, parsed);
        return new ParsedTest(program.Name, outcome) { Detail = detail, Time = (began, end.T) };
    }

    private static (TestOutcome Outcome, string? Detail) Judge(ProgramRun run, ProgramEnd end, ParsedOutput parsed)
    {
        var last = run.Lines.Select(line => line.Text.Trim()).LastOrDefault(text => text.Length > 0);
        List<string> problems = [];
        var after = parsed.Tests.IsEmpty ? "" : $", after {parsed.Tests[^1].Name}";
        if (end.Limit is { } limit)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"it was killed after {limit:0.#} s{after}"));
        else if (ProgramStatus.IsSignal(end.Status))
            problems.Add($"it was killed by {ProgramStatus.Of(end.Status)}{after}{(last is null ? "" : $"; its last line: {last}")}");
        problems.AddRange(parsed.Problems);
        if (end.Lost > 0)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"it printed {end.Lost} bytes more than are kept"));
        if (problems.Count > 0)
            return (TestOutcome.Failed, string.Join('\n', problems));
        var failed = parsed.Tests.Any(test => test.Outcome == TestOutcome.Failed);
        return end.Status switch
        {
            ProgramStatus.Pass or ProgramStatus.Skip when parsed.Skipped is { } reason => (TestOutcome.Skipped, reason),
            _ when parsed.Skipped is { } reason =>
                (TestOutcome.Failed, $"{ProgramStatus.Of(end.Status)}, and it says that it was skipped: {reason}"),
            ProgramStatus.Pass => (TestOutcome.Passed, null),
            ProgramStatus.Fail when failed => (TestOutcome.Passed, null),
            ProgramStatus.Skip when parsed.Tests.All(test => test.Outcome == TestOutcome.Skipped) =>
                (TestOutcome.Skipped, last ?? "exit status 4, which says that it was skipped"),
            _ => (TestOutcome.Failed, $"{ProgramStatus.Of(end.Status)}{(failed ? "" : ", and no test that failed")}"
                + (last is null ? "; it printed nothing" : $"; its last line: {last}")),
        };
    }

    /// <summary>A result, compared with what the variant declares of the test.</summary>
    private static TestResult Held(PlannedTest planned, ParsedTest seen, DeclaredSuite declared, string key, double clock)
    {
        var outcome = seen.Outcome!.Value;
        var result = new TestResult(planned.Id, outcome, Math.Max(0, seen.Time.Ended - seen.Time.Began), seen.Time.Ended + clock)
        {
            Message = outcome == TestOutcome.Failed ? seen.Detail : null,
            Reason = outcome == TestOutcome.Skipped ? seen.Detail : null,
            IsWhole = true,
        };
        if (declared.IsObserved && outcome == TestOutcome.Failed)
            return Observed(result);
        if (declared.Expected(key) is not { } expected)
            return result;
        var agrees = expected.Outcome == outcome;
        return result with
        {
            Outcome = agrees ? TestOutcome.Passed : TestOutcome.Failed,
            Message = agrees ? null : seen.Detail,
            Reason = agrees ? expected.Why : null,
            AsControl = declared.OnControl(key)?.Outcome == outcome,
            Expected = Table(expected.Outcome),
            Observed = Table(outcome),
        };
    }

    /// <summary>A failure that is taken down: a developer's tree is compared with it.</summary>
    private static TestResult Observed(TestResult failure) => failure with
    {
        Outcome = TestOutcome.Passed,
        Message = null,
        Reason = failure.Message is { } why ? $"fails here: {why}" : "fails here",
        Expected = Table(TestOutcome.Failed),
        Observed = Table(TestOutcome.Failed),
    };

    /// <summary>The tests of a suite, by the names that declarations have for them, that failed where they were only observed.</summary>
    public static IEnumerable<string> FailedIn(RunRecord observed, string suite)
    {
        var failed = observed.Results.Where(result => result.Observed.GetValueOrDefault(Outcome) == TestOutcome.Failed.Name())
            .Select(result => result.Id).ToHashSet(StringComparer.Ordinal);
        return (observed.Plan ?? []).Where(test => test.Suite == suite && failed.Contains(test.Id)).Select(test => test.Name);
    }

    private static ImmutableSortedDictionary<string, string> Table(TestOutcome outcome) => Observables.Empty.Add(Outcome, outcome.Name());
}
