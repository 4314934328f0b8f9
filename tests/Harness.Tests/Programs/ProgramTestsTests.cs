using System.Collections.Immutable;
using Faultline.Harness.Judging;
using Faultline.Harness.Programs;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;
using Faultline.Harness.Tests.Results;

namespace Faultline.Harness.Tests.Programs;

/// <summary>From what programs printed to verdicts, with what a variant declares.</summary>
public sealed class ProgramTestsTests
{
    private const string Id = "own/prog";

    private static readonly string Log = Streams.Banner;

    [Fact]
    public void A_program_that_tells_of_no_test_is_judged_by_its_exit_status()
    {
        Assert.True(Judge(Set(), Ran(0)).IsPass);
        Assert.Equal("own/prog: exit status 1, and no test that failed; its last line: hello", Judge(Set(), Ran(1, "hello")).Reasons[0]);
        Assert.Contains("it was killed by SIGSEGV", Judge(Set(), Ran(139)).Reasons[0], StringComparison.Ordinal);
        Assert.Equal(VerdictKind.Vacuous, Judge(Set(), Ran(4, "no such device")).Kind);
    }

    [Fact]
    public void Tests_and_their_program_are_counted_beside_the_built_in_suite()
    {
        string[] suite = [.. Streams.Clean[..^1]];
        var record = Record(Set() with { Builtin = true }, [.. suite, .. Ran(1, "1..2", "ok 1 a", "not ok 2 b")[1..]]);
        Assert.Equal(["R1", "Abi.Layout", "own/prog: a", "own/prog: b", Id], record.Plan!.Value.Select(test => test.Id));
        Assert.Equal((4, 1, 0), (record.End!.Passed, record.End.Failed, record.End.Skipped));
        Assert.True(record.IsComplete);
        Assert.All(record.Plan.Value.Skip(2), test => Assert.Equal("own", test.Suite));
        // From the line before, or the program's beginning, by the clock of the built-in suite.
        Assert.Equal((0, 3 - 4.5 + 0.5), (record.Results[2].Seconds, record.Results[2].T));
        Assert.Equal(2, record.Results[^1].Seconds);
    }

    [Fact]
    public void What_was_not_seen_does_not_pass()
    {
        Assert.Equal(
            "own/prog: its output: 5 tests were planned, and 3 have a result",
            Judge(Set(), Ran(0, "1..5", "ok 1 a", "ok 2 b", "ok 3 c")).Reasons[0]);
        // The guest ended, or was ended, in the middle.
        string[] cut = [.. Ran(0, "1..2", "ok 1 a")[..^3], Streams.Exit()];
        var record = Record(Set(), cut);
        Assert.Equal([Id], record.Missing.Select(test => test.Id));
        Assert.Equal([Id], record.InFlight);
        Assert.Equal(VerdictKind.Failed, Judge(Set(), cut).Kind);
        // Nothing was started at all.
        Assert.Equal(VerdictKind.Failed, Judge(Set(), [Streams.Boot, """{"event":"programs-end"}""", Streams.Exit()]).Kind);
        // The guest did not say that no program is left.
        Assert.False(Record(Set(), [.. Ran(0)[..^2], Streams.Exit()]).IsComplete);
    }

    [Fact]
    public void One_that_is_killed_by_time_fails_and_names_its_test()
    {
        var verdict = Judge(Set(), Ran(137, ["Testing a on anon... done", "Testing b on anon..."], "\"late\":60"));
        Assert.Equal(VerdictKind.Failed, verdict.Kind);
        Assert.Contains("own/prog: b on anon: it had not said how it ended when the program was killed after 60 s", verdict.Reasons);
        Assert.Contains("own/prog: it was killed after 60 s, after b on anon", verdict.Reasons);
    }

    [Fact]
    public void One_that_nothing_ends_is_a_hang()
    {
        var verdict = Judge(Set(), Ran(137, [], "\"late\":60,\"alive\":true", exit: 3));
        Assert.Equal((VerdictKind.Hung, "own/prog did not finish within 60 s"), (verdict.Kind, verdict.Summary));
    }

    [Fact]
    public void One_that_does_not_build_fails_with_the_compilers_words()
    {
        var set = Set();
        var broken = new SuiteProgram("own", "prog", "prog") { BuildError = "a.c:3: error: expected ';'" };
        set = set with { Suites = [set.Suites[0] with { Programs = [broken] }] };
        var verdict = Judge(set, [Streams.Boot, """{"event":"programs-end"}""", Streams.Exit()]);
        Assert.Equal("own/prog: it does not build: a.c:3: error: expected ';'", verdict.Reasons[0]);
    }

    [Fact]
    public void A_failure_that_is_expected_passes_and_one_that_does_not_come_fails()
    {
        var set = Set(new DeclaredSuite("own") { Expect = Table(("prog: b", "failed: the fix is not in 6.1")) });
        Assert.True(Judge(set, Ran(1, "1..2", "ok 1 a", "not ok 2 b")).IsPass);
        Assert.Equal("own/prog: b: outcome is passed, expected failed", Judge(set, Ran(0, "1..2", "ok 1 a", "ok 2 b")).Reasons[0]);
        var gone = Judge(set, Ran(0, "1..1", "ok 1 a"));
        Assert.Equal((VerdictKind.Failed, "the run is incomplete: own/prog: b: planned, but no result came"), (gone.Kind, gone.Summary));
    }

    [Fact]
    public void What_fails_where_nothing_is_known_is_taken_down_and_expected_of_what_stands_on_it()
    {
        string[] seen = Ran(1, "1..3", "ok 1 a", "not ok 2 b", "ok 3 c # SKIP no feature");
        var observed = new RunEvidence(Record(Set().Observed, seen), KernelLogScanner.Scan(Log), GuestEnding.Stopped);
        Assert.True(VerdictRules.Judge(observed).IsPass);
        Assert.StartsWith(
            "fails here: not ok", observed.Record.Results.Single(result => result.Id == "own/prog: b").Reason, StringComparison.Ordinal);

        var expected = Set().After(observed.Record, "mine-base");
        Assert.True(Judge(expected, seen).IsPass);
        Assert.Equal(
            "as on mine-base", Record(expected, seen).Results.Single(result => result.Id == "own/prog: b").Reason);
        Assert.Equal(
            ["own/prog: a: not ok; the program does not say why", "own/prog: b: outcome is passed, expected failed"],
            Judge(expected, Ran(1, "1..3", "not ok 1 a", "ok 2 b", "ok 3 c")).Reasons.Take(2));
    }

    [Fact]
    public void On_the_control_a_promise_has_to_come_out_as_it_is_written()
    {
        var set = Set(new DeclaredSuite("own") { Control = Table(("prog: a", "failed"), ("prog: b", "skipped")) });
        Assert.True(Judge(set, Ran(0, "1..2", "ok 1 a", "ok 2 b")).IsPass);
        var control = ControlRules.Judge(Evidence(set, Ran(1, "1..2", "not ok 1 a", "ok 2 b # SKIP no feature")));
        Assert.True(control.Verdict.IsPass, control.Verdict.Summary);
        Assert.Equal(["own/prog: a", "own/prog: b"], control.ExpectedFailures.Select(failure => failure.Id));

        var vacuous = ControlRules.Judge(Evidence(set, Ran(0, "1..2", "ok 1 a", "ok 2 b # SKIP no feature")));
        Assert.Equal(VerdictKind.Vacuous, vacuous.Verdict.Kind);
        Assert.Contains("own/prog: a: promised by the series, yet it passes without it", vacuous.Unexpected);
    }

    [Fact]
    public void Filters_choose_programs_before_they_run_and_tests_after()
    {
        var set = Set(more: "other");
        Assert.Equal(["own/prog"], set.Selected(["id=own/prog: a"]).Select(chosen => chosen.Program.Id));
        Assert.Empty(set.Selected(["row=R12"]));
        Assert.Equal(["own/prog"], set.Selected(["!own/other"]).Select(chosen => chosen.Program.Id));
        var record = ProgramTests.AddTo(Streams.Record(Ran(1, "1..2", "ok 1 a", "not ok 2 b")), Set(), ["id=own/prog: a"]);
        Assert.Equal(["own/prog: a", Id], record.Plan!.Value.Select(test => test.Id));
    }

    private static ImmutableSortedDictionary<string, DeclaredOutcome> Table(params (string Test, string Outcome)[] tests) =>
        tests.ToImmutableSortedDictionary(test => test.Test, test => DeclaredOutcome.Parse(test.Outcome)!, StringComparer.Ordinal);

    private static ProgramSet Set(DeclaredSuite? declared = null, params string[] more) => new(Builtin: false,
    [
        new BuiltSuite("own", "", "", [.. more.Prepend("prog").Select(name => new SuiteProgram("own", name, name))])
        {
            Declared = declared ?? DeclaredSuite.Nothing("own"),
        },
    ]);

    private static string[] Ran(int status, params string[] printed) => Ran(status, printed, more: "");

    private static string[] Ran(int status, string[] printed, string more, int exit = 0) =>
    [
        Streams.Boot, $$"""{"event":"programs","ids":["{{Id}}"]}""", $$"""{"event":"program","id":"{{Id}}","t":2}""",
        .. printed.Select(line => $$"""{"event":"output","id":"{{Id}}","text":"{{line}}","t":3}"""),
        $$"""{"event":"ended","id":"{{Id}}","status":{{status}},"seconds":1,"t":4{{(more.Length > 0 ? "," + more : "")}}}""",
        """{"event":"programs-end","t":5}""", Streams.Exit(exit),
    ];

    private static RunRecord Record(ProgramSet set, string[] lines) => ProgramTests.AddTo(Streams.Record(lines), set, []);

    private static RunEvidence Evidence(ProgramSet set, string[] lines) =>
        new(Record(set, lines), KernelLogScanner.Scan(Log), GuestEnding.Stopped);

    private static Verdict Judge(ProgramSet set, string[] lines) => VerdictRules.Judge(Evidence(set, lines));
}
