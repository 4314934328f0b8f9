using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Programs;

/// <summary>TAP 13, TAP 14 and KTAP: what is not there is missed.</summary>
public sealed class TapReadingTests
{
    [Fact]
    public void Results_of_a_kept_plan_are_read_with_their_directives()
    {
        var parsed = Printed.Read("""
            TAP version 13
            1..5
            # some words
            ok 1 - maps a page
            # wanted 3, got 4
            not ok 2 counts pages
            ok 3 huge pages # SKIP no huge pages
            not ok 4 later # TODO nobody wrote it
            ok 5 # SKIP MADV_COLLAPSE is missing
            # Totals: pass:1 fail:1 xfail:0 xpass:0 skip:3 error:0
            """, status: 1);
        Assert.Equal(
            ["maps a page: passed", "counts pages: failed", "huge pages: skipped", "later: skipped", "MADV_COLLAPSE is missing: skipped"],
            Printed.Of(parsed));
        Assert.Equal("wanted 3, got 4", parsed.Tests[1].Detail);
        Assert.Equal("no huge pages", parsed.Tests[2].Detail);
        Assert.Equal("TODO nobody wrote it", parsed.Tests[3].Detail);
        Assert.Empty(parsed.Problems);
    }

    [Fact]
    public void Nested_tests_go_by_the_names_of_those_that_they_are_part_of()
    {
        var parsed = Printed.Read("""
            KTAP version 1
            1..2
              KTAP version 1
              # Subtest: first
              1..2
                KTAP version 1
                1..1
                ok 1 deepest
              ok 1 inner
              not ok 2 other
            not ok 1 first
            ok 2 second
            """, status: 1);
        Assert.Equal(
            ["first / inner / deepest: passed", "first / inner: passed", "first / other: failed", "first: failed", "second: passed"],
            Printed.Of(parsed));
        Assert.Empty(parsed.Problems);
    }

    [Fact]
    public void Nested_tests_of_TAP_14_stand_without_a_version_of_their_own()
    {
        var parsed = Printed.Read("""
            TAP version 14
            # Subtest: one
                ok 1 - a
                ok 2 - b
                1..2
            ok 1 - one
            1..1
            """);
        Assert.Equal(["one / a: passed", "one / b: passed", "one: passed"], Printed.Of(parsed));
        Assert.Empty(parsed.Problems);
    }

    [Theory]
    [InlineData("1..5\nok 1 a\nok 2 b\nok 3 c", "5 tests were planned, and 3 have a result")]
    [InlineData("TAP version 13\nok 1 a\nok 2 b", "no plan")]
    [InlineData("TAP version 13", "TAP was announced, and no test has a result")]
    [InlineData("1..1\nok 1 a\nok 2 b", "1 tests were planned, and 2 have a result")]
    [InlineData("1..2\nok 1 a\nok 1 b", "result 1 where 2 was due")]
    [InlineData("1..2\n1..2\nok 1 a\nok 2 b", "a second plan")]
    [InlineData("1..3\nok 1 a\nBail out! no memory", "it gave up: no memory")]
    [InlineData("1..1\nBail out!", "it gave up, and does not say why")]
    [InlineData("1..1\n    1..2\n    ok 1 x\nok 1 a", "2 tests were planned, and 1 have a result")]
    [InlineData("1..1\n    1..1\n    ok 1 x", "is missing")]
    [InlineData("1..99999999999999999999\nok 1 a", "2147483647 tests were planned")]
    public void What_was_promised_and_is_not_there_is_a_problem(string text, string words) =>
        Assert.Contains(Printed.Read(text).Problems, problem => problem.Contains(words, StringComparison.Ordinal));

    [Theory]
    [InlineData("1..0 # SKIP no userfaultfd", "no userfaultfd")]
    [InlineData("TAP version 13\n1..0 # Skipped: needs root", "needs root")]
    [InlineData("1..0", "it plans no test, and does not say why")]
    public void A_plan_of_no_test_is_a_program_that_was_skipped(string text, string reason)
    {
        var parsed = Printed.Read(text, status: 4);
        Assert.Equal(reason, parsed.Skipped);
        Assert.Empty(parsed.Problems);
    }

    [Fact]
    public void Two_tests_of_one_name_are_two_and_one_without_a_name_goes_by_its_number()
    {
        var parsed = Printed.Read("1..3\nok 1 same\nnot ok 2 same\nok 3");
        Assert.Equal(["same: passed", "same (2): failed", "test 3: passed"], Printed.Of(parsed));
        Assert.Equal(TestOutcome.Failed, parsed.Tests[1].Outcome);
        Assert.Equal("not ok; the program does not say why", parsed.Tests[1].Detail);
    }
}
