using System.Text.Json;

namespace Faultline.AbiTests.Tests;

/// <summary>Exit codes and events of whole runs; the scenario behind them is R1, which every kernel answers alike.</summary>
[Trait("needs", "userfaultfd")]
public sealed class RunTests
{
    private const string Good = """{"errno": "EINVAL", "answer": "zeroed"}""";
    private const string Wrong = """{"errno": "ok", "answer": "zeroed"}""";

    [Fact]
    public void A_run_that_passes_has_a_plan_a_result_an_end_and_exit_0()
    {
        var run = SuiteProcess.Run(Profile(expect: Good), "--filter", "row=R1");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["hello", "plan", "live", "start", "result", "end"], run.Names);
        Assert.Equal("passed", run.Result.GetProperty("outcome").GetString());
        var planned = Assert.Single(run.Events[1].GetProperty("tests").EnumerateArray());
        Assert.Equal(run.Result.GetProperty("id").GetString(), planned.GetProperty("id").GetString());
        Assert.Equal(("scenario", "R1", false), (planned.GetProperty("suite").GetString(), planned.GetProperty("row").GetString(), planned.GetProperty("promise").GetBoolean()));
    }

    [Fact]
    public void The_kernel_is_asked_once_before_the_first_test()
    {
        var run = SuiteProcess.Run(Profile(expect: Good), "--filter", "row=R1");
        var facts = Assert.Single(run.Events, e => e.GetProperty("event").GetString() == "live").GetProperty("facts");
        Assert.StartsWith("0x", facts.GetProperty("features").GetString(), StringComparison.Ordinal);
        Assert.Equal("32", facts.GetProperty("message").GetString());
        Assert.Equal(JsonValueKind.String, facts.GetProperty("range.anon.missing").ValueKind);
        Assert.False(facts.TryGetProperty("error", out _));
    }

    [Fact]
    public void A_broken_promise_fails_says_what_was_observed_and_that_the_control_does_the_same()
    {
        var run = SuiteProcess.Run(Profile(expect: Wrong, control: Good), "--filter", "row=R1");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("failed", run.Result.GetProperty("outcome").GetString());
        Assert.Contains("errno: expected ok, observed EINVAL", run.Result.GetProperty("message").GetString());
        Assert.Equal("EINVAL", run.Result.GetProperty("observed").GetProperty("errno").GetString());
        Assert.True(run.Result.GetProperty("asControl").GetBoolean());
        Assert.True(run.Events[1].GetProperty("tests")[0].GetProperty("promise").GetBoolean());
    }

    [Fact]
    public void A_kernel_of_which_nothing_is_known_is_observed_and_does_nothing_wrong()
    {
        var run = SuiteProcess.Run(
            """{"schema": "faultline-profile/1", "name": "own", "role": "control", "tag": "", "observe": true, "expect": {}}""",
            "--filter", "row=R1");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("passed", run.Result.GetProperty("outcome").GetString());
        Assert.Equal("EINVAL", run.Result.GetProperty("observed").GetProperty("errno").GetString());
        Assert.Equal("R1", Assert.Single(run.Plan).GetProperty("scenario").GetString());
    }

    [Theory]
    [InlineData("""{"errno": "EINVAL"}""", "answer: observed zeroed, but the profile does not list it")]
    [InlineData("""{"errno": "EINVAL", "answer": "zeroed", "colour": "blue"}""", "colour: expected blue, never observed")]
    public void Expected_and_observed_must_cover_each_other(string expect, string complaint)
    {
        var run = SuiteProcess.Run(Profile(expect), "--filter", "row=R1");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(complaint, run.Result.GetProperty("message").GetString());
        Assert.False(run.Result.GetProperty("asControl").GetBoolean());
    }

    [Fact]
    public void A_scenario_the_profile_does_not_know_fails_and_names_the_table_to_add()
    {
        var run = SuiteProcess.Run(Profile(expect: Good), "--filter", "row=R10");
        Assert.Contains("[expect.R10]", run.Result.GetProperty("message").GetString());
    }

    [Fact]
    public void A_test_past_its_deadline_is_released_and_ends_the_run_with_3()
    {
        var run = SuiteProcess.Run(Profile(expect: Good), "--filter", "row=R19", "--test-deadline", "0.03");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("hang", run.Names);
        Assert.Equal("failed", run.Result.GetProperty("outcome").GetString());
        Assert.Contains("deadline", run.Result.GetProperty("message").GetString());
        Assert.Equal("end", run.Names.Last());
    }

    [Fact]
    public void A_run_past_its_deadline_stops_with_3_and_no_end()
    {
        var run = SuiteProcess.Run(Profile(expect: Good), "--run-deadline", "0.001");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("hang", run.Names.Last());
    }

    [Fact]
    public void A_kernel_without_the_tag_is_not_the_kernel_that_was_built()
    {
        var run = SuiteProcess.Run(Profile(expect: Good, control: Good, tag: "-nobody-builds-this"), "--filter", "row=identity");
        Assert.Equal(1, run.ExitCode);
        Assert.True(run.Result.GetProperty("asControl").GetBoolean());
        Assert.Contains("-nobody-builds-this", run.Result.GetProperty("message").GetString());
    }

    [Fact]
    public void A_tag_that_only_begins_the_kernels_own_is_another_kernels()
    {
        var release = File.ReadAllText("/proc/sys/kernel/osrelease").TrimEnd();
        Assert.Equal(0, SuiteProcess.Run(Profile(expect: Good, control: Good, tag: release[1..]), "--filter", "row=identity").ExitCode);
        Assert.Equal(1, SuiteProcess.Run(Profile(expect: Good, control: Good, tag: release[1..^1]), "--filter", "row=identity").ExitCode);
    }

    [Fact]
    public void The_machines_own_kernel_has_no_identity_to_assert_and_says_so()
    {
        var run = SuiteProcess.Run(Profile(expect: Good), "--filter", "row=identity");
        Assert.Equal((0, "skipped"), (run.ExitCode, run.Result.GetProperty("outcome").GetString()));
        Assert.Contains("names no tag", run.Result.GetProperty("reason").GetString());
    }

    [Fact]
    public void Rounds_follow_each_other_in_one_run_and_the_end_counts_them()
    {
        var run = SuiteProcess.Run(Profile(expect: Good), "--filter", "row=R1", "--repeat", "3");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["hello", "plan", "live", "start", "result", "start", "result", "start", "result", "end"], run.Names);
        Assert.Equal(3, run.Events[1].GetProperty("rounds").GetInt32());
        var results = run.Events.Where(e => e.GetProperty("event").GetString() == "result").ToList();
        Assert.Equal([null, 2, 3], results.Select(Round));
        Assert.Equal((3, 3), (run.Events[^1].GetProperty("rounds").GetInt32(), run.Events[^1].GetProperty("passed").GetInt32()));

        static int? Round(JsonElement e) => e.TryGetProperty("round", out var round) ? round.GetInt32() : null;
    }

    [Fact]
    public void Until_fail_ends_with_the_round_in_which_a_test_failed()
    {
        var passing = SuiteProcess.Run(Profile(expect: Good), "--filter", "row=R1", "--repeat", "2", "--until-fail");
        Assert.Equal(2, passing.Events[^1].GetProperty("rounds").GetInt32());
        var failing = SuiteProcess.Run(Profile(expect: Wrong), "--filter", "row=R1", "--repeat", "2", "--until-fail");
        Assert.Equal(1, failing.ExitCode);
        Assert.False(failing.Events[^1].TryGetProperty("rounds", out _));
    }

    [Fact]
    public void What_is_left_of_a_run_keeps_plan_order_and_rounds_and_runs_nothing_twice()
    {
        string[] rounds = ["--filter", "suite=generated", "--repeat", "2", "--shuffle", "7"];
        var whole = SuiteProcess.Run(Profile(expect: Good), rounds);
        var started = Started(whole);
        var half = started.Count / 2;
        var (done, ended) = (started[..5].Select(start => start.Id).ToList(), started[5].Id);
        string[] left = ["--guest", "3", "--round", "1", "--without", ended, .. done.SelectMany(id => (string[])["--done", id])];

        var rest = SuiteProcess.Run(Profile(expect: Good), [.. rounds, .. left]);
        Assert.Equal(3, rest.Events[0].GetProperty("guest").GetInt32());
        Assert.Equal(whole.Plan.Select(Id), rest.Plan.Select(Id));
        Assert.Equal([.. started[6..half], .. started[half..].Where(start => start.Id != ended)], Started(rest));
        Assert.Equal(2, rest.Events[^1].GetProperty("rounds").GetInt32());

        var last = SuiteProcess.Run(Profile(expect: Good), [.. rounds, "--guest", "2", "--round", "2"]);
        Assert.Equal(started[half..], Started(last));

        static List<(string Id, int Round)> Started(SuiteProcess run) =>
        [
            .. run.Events.Where(e => e.GetProperty("event").GetString() == "start")
                .Select(e => (Id(e), e.TryGetProperty("round", out var round) ? round.GetInt32() : 1)),
        ];

        static string Id(JsonElement e) => e.GetProperty("id").GetString()!;
    }

    [Fact]
    public void A_seed_draws_the_order_and_the_plan_keeps_its_own()
    {
        string[] filters = ["--filter", "suite=generated"];
        var plain = SuiteProcess.Run(Profile(expect: Good), filters);
        var (first, again) = (SuiteProcess.Run(Profile(expect: Good), [.. filters, "--shuffle", "7"]),
            SuiteProcess.Run(Profile(expect: Good), [.. filters, "--shuffle", "7"]));
        Assert.Equal(Started(first), Started(again));
        Assert.NotEqual(Started(plain), Started(first));
        Assert.Equal(Started(plain).Order(), Started(first).Order());
        Assert.Equal(plain.Plan.Select(Id), first.Plan.Select(Id));

        static List<string> Started(SuiteProcess run) =>
            [.. run.Events.Where(e => e.GetProperty("event").GetString() == "start").Select(Id)];

        static string Id(JsonElement e) => e.GetProperty("id").GetString()!;
    }

    [Fact]
    public void A_test_is_named_by_its_whole_id()
    {
        var all = SuiteProcess.Run(Profile(expect: Good), "--filter", "suite=generated", "--list").Plan;
        var id = all.First().GetProperty("id").GetString()!;
        var chosen = SuiteProcess.Run(Profile(expect: Good), "--filter", $"id={id}", "--list");
        Assert.Equal(id, Assert.Single(chosen.Plan).GetProperty("id").GetString());
        Assert.Empty(SuiteProcess.Run(Profile(expect: Good), "--filter", $"id={id[1..]}", "--list").Plan);
    }

    private static string Profile(string expect, string? control = null, string tag = "") => $$"""
        { "schema": "faultline-profile/1", "name": "example", "role": "variant", "tag": "{{tag}}", "feature": "UFFD_FEATURE_EXAMPLE", "featureBit": 13,
          "expect": { "R1": {{expect}} }{{(control is null ? "" : $$""", "control": "base", "controlExpect": { "R1": {{control}} }""")}} }
        """;
}
