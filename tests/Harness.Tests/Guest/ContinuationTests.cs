using Faultline.Harness.Guest;
using Faultline.Harness.Results;
using Faultline.Harness.Tests.Results;

namespace Faultline.Harness.Tests.Guest;

/// <summary>What a run goes on with when a test ended its guest, and when it is given up.</summary>
public sealed class ContinuationTests
{
    private static readonly string[] Begin = [Streams.Boot, Streams.Hello, Streams.Plan];

    [Fact]
    public void The_next_guest_gets_what_has_no_result_without_the_test_that_ended_the_last()
    {
        var (next, givenUp) = After(SuiteRounds.Once, Ended([.. Begin, Streams.Start("R1")]));
        Assert.Null(givenUp);
        Assert.Equal(["--guest", "2", "--round", "1", "--without", "R1"], next!.Arguments);

        var second = After(SuiteRounds.Once, Ended([.. Begin, Streams.Start("R1"), Streams.Result("R1"), Streams.Start("Abi.Layout", 2)]));
        Assert.Equal((null, null), second);
    }

    [Fact]
    public void A_guest_that_died_between_two_tests_costs_none()
    {
        var (next, _) = After(SuiteRounds.Once, Ended([.. Begin, Streams.Start("R1"), Streams.Result("R1")]));
        Assert.Equal(["--guest", "2", "--round", "1", "--done", "R1"], next!.Arguments);
    }

    [Fact]
    public void Rounds_go_on_in_the_round_that_broke_off_and_end_with_it_until_fail()
    {
        string[] lines =
        [
            .. Begin, Streams.Start("R1"), Streams.Result("R1"), Streams.Start("Abi.Layout"), Streams.Result("Abi.Layout"),
            Streams.Start("R1").Replace("\"t\"", "\"round\":2,\"t\"", StringComparison.Ordinal),
        ];
        var (next, _) = After(new SuiteRounds(5, Seed: 7), Ended(lines));
        Assert.Equal(["--repeat", "5", "--shuffle", "7"], next!.Rounds.Arguments);
        Assert.Equal(["--guest", "2", "--round", "2", "--without", "R1"], next.Arguments);

        (next, _) = After(new SuiteRounds(5, UntilFail: true), Ended(lines));
        Assert.Equal(["--repeat", "2", "--until-fail"], next!.Rounds.Arguments);
    }

    [Fact]
    public void What_is_no_tests_fault_ends_the_run()
    {
        Assert.Equal((null, null), After(SuiteRounds.Once, Ended([Streams.Boot])));
        Assert.Equal((null, null), After(SuiteRounds.Once, Ended(Begin)));
        Assert.Equal((null, null), After(SuiteRounds.Once, Ended([.. Begin, Streams.Start("R1")], GuestEnding.Killed)));
        Assert.Equal((null, null), After(SuiteRounds.Once, Ended([.. Begin, Streams.Start("R1")], GuestEnding.Broken)));
        Assert.Equal((null, null), After(SuiteRounds.Once, Ended(Streams.Clean)));
        const string hang = """{"event":"hang","id":"R1","deadline":60,"run":true,"t":60}""";
        Assert.Equal((null, null), After(SuiteRounds.Once, Ended([.. Begin, Streams.Start("R1"), hang, Streams.Exit(3)])));
        var (next, _) = After(
            SuiteRounds.Once,
            Ended([.. Begin, Streams.Start("R1"), hang.Replace(",\"run\":true", "", StringComparison.Ordinal), Streams.Exit(3)]));
        Assert.Equal(["R1"], next!.Ended);
    }

    [Fact]
    public void A_guest_that_comes_no_further_is_the_last()
    {
        var ended = Ended([.. Begin, Streams.Start("R1")]);
        Assert.Equal((null, "guest 2 came to no other test"), After(SuiteRounds.Once, ended, ended));
        Assert.Equal((null, "guest 2 came to no other test"), After(SuiteRounds.Once, ended, Ended([.. Begin])));
    }

    [Fact]
    public void There_is_an_end_to_restarts_and_an_earlier_one_to_guests_that_answer_nobody()
    {
        var most = Continuation.MostRestarts;
        var tests = string.Join(',', Enumerable.Range(0, most + 5).Select(id => $$"""{"id":"T{{id}}"}"""));
        var plan = $$"""{"event":"plan","tests":[{{tests}}]}""";
        List<RunEvidence> guests = [.. Enumerable.Range(0, most).Select(id => Ended([Streams.Hello, plan, Streams.Start($"T{id}")]))];
        Assert.Equal(most + 1, Continuation.After(guests, SuiteRounds.Once).Next!.Guest);
        guests.Add(Ended([Streams.Hello, plan, Streams.Start($"T{most}")]));
        Assert.Equal((null, "10 guests followed the first, and no more are started"), Continuation.After(guests, SuiteRounds.Once));

        var dead = guests.Take(2).Select(guest => guest with { Ending = GuestEnding.Deadline, Limit = 90 }).ToList();
        Assert.NotNull(Continuation.After(dead[..1], SuiteRounds.Once).Next);
        Assert.Contains("answered nobody", Continuation.After(dead, SuiteRounds.Once).GivenUp, StringComparison.Ordinal);

        var hung = Enumerable.Range(0, Continuation.MostHung)
            .Select(id => Ended(
                [Streams.Hello, plan, Streams.Start($"T{id}"), $$"""{"event":"hang","id":"T{{id}}","deadline":10,"t":9}"""])).ToList();
        Assert.NotNull(Continuation.After(hung[..^1], SuiteRounds.Once).Next);
        Assert.Contains("3 guests hung", Continuation.After(hung, SuiteRounds.Once).GivenUp, StringComparison.Ordinal);
    }

    private static (Remainder? Next, string? GivenUp) After(SuiteRounds rounds, params RunEvidence[] guests) =>
        Continuation.After(guests, rounds);

    private static RunEvidence Ended(string[] lines, GuestEnding ending = GuestEnding.Reset) =>
        Streams.Evidence(Streams.Banner, ending, lines);
}
