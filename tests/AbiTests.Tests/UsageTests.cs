namespace Faultline.AbiTests.Tests;

public sealed class UsageTests
{
    private const string EmptyProfile = """{ "schema": "faultline-profile/1", "name": "example", "role": "reference", "expect": {} }""";

    [Fact]
    public void Without_a_profile_usage_is_printed_and_the_exit_is_2()
    {
        var run = SuiteProcess.RunBare("--events", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--profile FILE is missing", run.Error);
        Assert.Contains("usage:", run.Error);
    }

    [Theory]
    [InlineData("not json", "no readable profile")]
    [InlineData("""{ "schema": "faultline-profile/2" }""", "this suite reads 'faultline-profile/1'")]
    [InlineData("""{ "schema": "faultline-profile/1" }""", "no 'name'")]
    public void An_unreadable_profile_is_usage_too(string profile, string complaint)
    {
        var run = SuiteProcess.Run(profile);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(complaint, run.Error);
    }

    [Theory]
    [InlineData("--test-deadline", "soon")]
    [InlineData("--test-deadline", "-1")]
    [InlineData("--repeat", "0")]
    [InlineData("--repeat", "often")]
    [InlineData("--shuffle", "-1")]
    [InlineData("--frobnicate", "1")]
    public void An_argument_nobody_understands_is_named(string name, string value)
    {
        var run = SuiteProcess.Run(EmptyProfile, name, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(name, run.Error);
    }

    [Theory]
    [InlineData("", "the orders ended before their line did")]
    [InlineData("{}", "the orders ended before their line did")]
    [InlineData("{}\n", "the orders cannot be read")]
    [InlineData("not json\n", "the orders cannot be read")]
    public void Orders_that_nobody_understands_are_usage_too(string orders, string complaint)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, orders);
        var run = SuiteProcess.RunBare("--orders", path);
        File.Delete(path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Events);
    }

    [Fact]
    public void A_promise_that_no_scenario_observes_is_refused_by_its_name()
    {
        var profile = EmptyProfile.Replace("{}", """{ "R1": { "errno": "EINVAL" }, "R12-typo": { "event": "none" }, "R999": { "event": "none" } }""", StringComparison.Ordinal);
        foreach (var run in (SuiteProcess[])[SuiteProcess.Run(profile), SuiteProcess.Run(profile, "--list")])
        {
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("'example' expects of R12-typo, R999:", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("plan", run.Names);
        }
        // Whoever tries a row need not have finished all of them.
        Assert.Equal(0, SuiteProcess.Run(profile, "--list", "--filter", "row=R1").ExitCode);
    }

    [Fact]
    public void A_list_is_the_plan_and_runs_nothing()
    {
        var run = SuiteProcess.Run(EmptyProfile, "--list");
        Assert.Equal(0, run.ExitCode);
        // A line has a limit, so that a plan of this length comes in parts.
        Assert.True(run.Names.Count() > 1);
        Assert.All(run.Names, name => Assert.Equal("plan", name));
    }

    [Fact]
    public void Scenarios_come_first_in_the_order_of_their_rows_and_every_id_is_unique()
    {
        var tests = SuiteProcess.Run(EmptyProfile, "--list").Plan.ToList();
        Assert.True(tests.Count > 100, $"only {tests.Count} tests");
        Assert.Equal(tests.Count, tests.Select(test => test.GetProperty("id").GetString()).Distinct().Count());
        var rows = tests.Where(test => test.TryGetProperty("row", out var row) && row.GetString()![0] == 'R').Select(test => int.Parse(test.GetProperty("row").GetString()![1..])).ToList();
        Assert.Equal(rows.Order(), rows);
        Assert.Equal("generated", tests[^1].GetProperty("suite").GetString());
    }

    [Theory]
    [InlineData("row=R31", 4)]
    [InlineData("row=R31-mprotect", 1)]
    [InlineData("feature=UFFD_FEATURE_MOVE", 1)]
    [InlineData("snapshot_of_running", 1)]
    [InlineData("nothing is called this", 0)]
    public void A_filter_selects(string query, int count) => Assert.Equal(count, Planned("--filter", query));

    [Fact]
    public void Filters_add_up_and_negated_ones_take_away()
    {
        Assert.Equal(5, Planned("--filter", "row=R31", "--filter", "row=R12"));
        Assert.Equal(3, Planned("--filter", "row=R31", "--filter", "!row=R31-cold"));
        Assert.Equal(Planned() - 1, Planned("--filter", "!row=R12"));
    }

    private static int Planned(params string[] arguments) =>
        SuiteProcess.Run(EmptyProfile, ["--list", .. arguments]).Plan.Count();
}
