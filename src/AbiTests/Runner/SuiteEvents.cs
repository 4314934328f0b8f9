using System.Runtime.InteropServices;
using System.Text.Json;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Generated;
using Faultline.AbiTests.Memory;

namespace Faultline.AbiTests.Runner;

/// <summary>The events of one run, in the terms of docs/guest-contract.md.</summary>
internal sealed class SuiteEvents(EventWriter events, RestOfRun rest)
{
    private int _passed, _failed, _skipped;

    /// <summary>The round that runs, from 1; before the first of this guest the one before.</summary>
    internal int Round { get; private set; } = rest.Round - 1;

    internal bool AnyFailed => _failed > 0;

    private static string Machine => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.Arm64 => "aarch64",
        var other => other.ToString(),
    };

    internal void Hello(Profile profile) => events.Write("hello", json =>
    {
        json.WriteString("schema", "faultline-events/1");
        json.WriteString("profile", profile.Name);
        json.WriteString("release", Procfs.KernelRelease);
        json.WriteString("machine", Machine);
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteNumber("uptime", Procfs.UptimeSeconds);
        json.WriteNumber("time", DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        json.WriteString("random", Procfs.RandomUuid);
        if (rest.Guest > 1)
            json.WriteNumber("guest", rest.Guest);
    });

    /// <summary>Writes what the kernel itself answers.</summary>
    internal void Live(IReadOnlyDictionary<string, string> facts) => events.Write("live", json => WriteTable(json, "facts", facts));

    /// <summary>A line may hold 64 KiB, which is about 150 scenarios with their words: a longer plan is written in parts.</summary>
    /// <param name="tests">In order.</param>
    /// <param name="rounds">How often they run at most.</param>
    internal void Plan(IReadOnlyList<PlannedTest> tests, int rounds)
    {
        const int testsPerLine = 50;
        foreach (var chunk in tests.Chunk(testsPerLine))
            events.Write("plan", json => WritePlan(json, chunk, rounds), withTime: false);
        if (tests.Count == 0)
            events.Write("plan", json => WritePlan(json, [], rounds), withTime: false);
    }

    internal void BeginRound() => Round++;

    internal void Start(PlannedTest test) => events.Write("start", json => WriteId(json, test));

    /// <param name="test">The test.</param>
    /// <param name="deadline">What passed.</param>
    /// <param name="ofRun">It was the deadline of the run, and the test is the one that was running.</param>
    /// <param name="threads">Where the suite's threads wait.</param>
    internal void Hang(PlannedTest test, TimeSpan deadline, bool ofRun, IReadOnlyList<string> threads) => events.Write("hang", json =>
    {
        WriteId(json, test);
        json.WriteNumber("deadline", deadline.TotalSeconds);
        if (ofRun)
            json.WriteBoolean("run", ofRun);
        json.WriteStartArray("threads");
        foreach (var thread in threads)
            json.WriteStringValue(thread);
        json.WriteEndArray();
    });

    /// <param name="test">The test.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="observation">What it observed; null for none.</param>
    /// <param name="hung">It ended only when it was released: what it observed after that counts for nothing.</param>
    internal void Result(PlannedTest test, TestOutcome outcome, Observation? observation, bool hung)
    {
        Count(outcome.Outcome);
        events.Write("result", json =>
        {
            WriteId(json, test);
            json.WriteString("outcome", outcome.Outcome);
            json.WriteNumber("seconds", Math.Round(outcome.Seconds, 6));
            if (outcome.Message is not null)
                json.WriteString("message", EventWriter.Shorten(outcome.Message));
            if (outcome.Stack is not null)
                json.WriteString("stack", EventWriter.Shorten(outcome.Stack));
            if (outcome.SkipReason is not null)
                json.WriteString("reason", outcome.SkipReason);
            if (observation is not null)
            {
                WriteTable(json, "expected", observation.Expected);
                WriteTable(json, "observed", observation);
                json.WriteBoolean("whole", !hung && observation.IsWhole);
            }
            json.WriteBoolean("asControl", !hung && (observation?.AsControl ?? GeneratedChecks.RefusedAsControl));
        });
    }

    internal void End(TimeSpan elapsed) => events.Write("end", json =>
    {
        json.WriteNumber("passed", _passed);
        json.WriteNumber("failed", _failed);
        json.WriteNumber("skipped", _skipped);
        json.WriteNumber("seconds", Math.Round(elapsed.TotalSeconds, 3));
        if (Round > 1)
            json.WriteNumber("rounds", Round);
    }, withTime: false);

    private void WriteId(Utf8JsonWriter json, PlannedTest test)
    {
        json.WriteString("id", test.Id);
        if (Round > 1)
            json.WriteNumber("round", Round);
    }

    private void Count(string outcome)
    {
        switch (outcome)
        {
            case "passed":
                _passed++;
                break;
            case "skipped":
                _skipped++;
                break;
            default:
                _failed++;
                break;
        }
    }

    private static void WritePlan(Utf8JsonWriter json, IEnumerable<PlannedTest> tests, int rounds)
    {
        if (rounds > 1)
            json.WriteNumber("rounds", rounds);
        json.WriteStartArray("tests");
        foreach (var test in tests)
        {
            json.WriteStartObject();
            json.WriteString("id", test.Id);
            json.WriteString("name", test.Name);
            json.WriteString("suite", test.Suite);
            if (test.Row is not null)
                json.WriteString("row", test.Row);
            if (test.Scenario is not null)
                json.WriteString("scenario", test.Scenario);
            if (test.Feature is not null)
                json.WriteString("feature", test.Feature);
            if (test.Title is not null)
                json.WriteString("title", test.Title);
            if (test.About is not null)
                json.WriteString("about", test.About);
            json.WriteBoolean("promise", test.IsPromise);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTable(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> table)
    {
        json.WriteStartObject(name);
        foreach (var (observable, value) in table)
            json.WriteString(observable, EventWriter.Shorten(value));
        json.WriteEndObject();
    }
}
