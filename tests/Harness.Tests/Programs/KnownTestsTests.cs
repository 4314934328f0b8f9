using System.Collections.Immutable;
using Faultline.Harness.Programs;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Programs;

/// <summary>What a filter by a part of a name starts, once programs have run.</summary>
public sealed class KnownTestsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_part_of_a_name_starts_what_has_such_a_test_or_name_and_what_is_not_known()
    {
        Assert.Equal(["own/a", "own/b", "own/c"], Selected("fork"));
        Ran("own/a", 0, "1..1", "ok 1 wp fork");
        Ran("own/b", 1, "1..2", "ok 1 move", "not ok 2 mremap");
        Assert.Equal(["own/a", "own/c"], Selected("FORK"));
        Assert.Equal(["own/b", "own/c"], Selected("own/b: mo"));
        Assert.Equal(["own/b", "own/c"], Selected("own/b"));
        Assert.Equal(["own/a", "own/b", "own/c"], Selected("fork", "move"));
        // What tells of no test has its own name and no other.
        Ran("own/c", 0, "hello");
        Assert.Equal(["own/a"], Selected("fork"));
        Assert.Equal(["own/c"], Selected("own/c"));
        Assert.Empty(Selected("nothing like it"));
    }

    [Fact]
    public void What_another_kernel_shows_is_added()
    {
        Ran("own/a", 0, "1..1", "ok 1 wp fork");
        Ran("own/a", 0, "1..1", "ok 1 move");
        Assert.Contains("own/a", Selected("fork"));
        Assert.Contains("own/a", Selected("move"));
        Assert.DoesNotContain("own/a", Selected("mremap"));
    }

    [Fact]
    public void A_program_with_other_arguments_is_another_one()
    {
        Ran("own/a", 0, "1..1", "ok 1 wp fork");
        Assert.Contains("own/a", Selected(["move"], arguments: "-f"));
    }

    [Theory]
    [InlineData(139, "1..1", "ok 1 wp fork")]
    [InlineData(2, "1..1", "ok 1 wp fork")]
    [InlineData(0, "1..5", "ok 1 wp fork")]
    [InlineData(4, "1..0 # SKIP no such feature")]
    public void A_program_that_did_not_end_well_or_left_all_out_may_have_any_test(int status, params string[] printed)
    {
        Ran("own/a", status, printed);
        Assert.Contains("own/a", Selected("move"));
    }

    [Fact]
    public void One_that_its_limit_kills_is_known_by_what_it_printed_until_then()
    {
        Ran("own/a", new ProgramEnd(137, 60, 64) { Limit = 60 }, "Testing fork... done");
        Assert.Contains("own/a", Selected("fork"));
        Assert.DoesNotContain("own/a", Selected("move"));
    }

    private IEnumerable<string> Selected(params string[] filters) => Selected(filters, arguments: []);

    private IEnumerable<string> Selected(string[] filters, params string[] arguments) =>
        Set(arguments).Selected(filters).Select(chosen => chosen.Program.Id);

    private ProgramSet Set(params string[] arguments) => new(Builtin: false,
    [
        new BuiltSuite(
            "own", _folder.Path, "",
            [.. "abc".Select(name => new SuiteProgram("own", $"{name}", $"{name}") { Arguments = [.. arguments] })])
        {
            Tests = KnownTests.Read(_folder.Path),
        },
    ]);

    private void Ran(string id, int status, params string[] printed) => Ran(id, new ProgramEnd(status, 1, 4), printed);

    private void Ran(string id, ProgramEnd end, params string[] printed) => KnownTests.Add(Set(), RunRecord.Empty with
    {
        Programs = [new ProgramRun(id) { Began = 2, End = end, Lines = [.. printed.Select(line => new PrintedLine(line, 3))] }],
    });
}
