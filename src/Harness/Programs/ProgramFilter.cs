using Faultline.AbiTests.Runner;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Programs;

/// <summary>The user's queries, for tests that only a program's output names: those of the suite's own <c>--filter</c>.</summary>
/// <param name="queries">Any of them selects; one with <c>!</c> leaves out.</param>
internal sealed class ProgramFilter(IReadOnlyList<string> queries)
{
    private readonly TestQueries _queries = new(queries);

    /// <summary>Whether a test is asked for.</summary>
    public bool Selects(PlannedTest test) => _queries.Selects(
        new TestTraits(test.Id, test.Name, test.Suite, test.Row, test.Scenario, test.Feature, test.Promise));

    /// <summary>
    /// Whether the program may have a test that is asked for. Its tests are known only when it has run once: until then any part of a name
    /// may be one of theirs.
    /// </summary>
    public bool MayConcern(SuiteProgram program, BuiltSuite suite) => _queries.Selects(
        (field, value) => field switch
        {
            "row" or "feature" => false,
            "id" => TestQueries.Same(program.Id, value) || value.StartsWith(program.IdOf(""), StringComparison.OrdinalIgnoreCase),
            "suite" => TestQueries.Same(program.Suite, value),
            "promise" => !TestQueries.Same(value, "true") || suite.Declared.Promises.Any(test => DeclaredSuite.IsOf(test, program.Name)),
            _ => !suite.Tests.TryGetValue(KnownTests.KeyOf(program), out var tests)
                || tests.Concat(suite.Declared.TestsOf(program.Name)).Select(program.IdOf).Append(program.Id)
                    .Any(id => id.Contains(value, StringComparison.OrdinalIgnoreCase)),
        },
        (field, value) => field switch
        {
            "row" or "feature" or "promise" => false,
            "id" => TestQueries.Same(program.Id, value),
            "suite" => TestQueries.Same(program.Suite, value),
            _ => program.Id.Contains(value, StringComparison.OrdinalIgnoreCase),
        });
}
