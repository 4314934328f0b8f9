using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Programs;

/// <summary>The user's queries, for tests that only a program's output names: those of the suite's own <c>--filter</c>.</summary>
/// <param name="queries">Any of them selects; one with <c>!</c> leaves out.</param>
internal sealed class ProgramFilter(IReadOnlyList<string> queries)
{
    private readonly List<string> _wanted = [.. queries.Where(query => !query.StartsWith('!'))];
    private readonly List<string> _unwanted = [.. queries.Where(query => query.StartsWith('!')).Select(query => query[1..])];

    /// <summary>Whether a test is asked for.</summary>
    public bool Selects(PlannedTest test) =>
        (_wanted.Count == 0 || _wanted.Exists(query => Matches(test, query))) && !_unwanted.Exists(query => Matches(test, query));

    /// <summary>Whether the program may have a test that is asked for: its tests are known only when it has run.</summary>
    public bool MayConcern(SuiteProgram program, DeclaredSuite declared) =>
        (_wanted.Count == 0 || _wanted.Exists(query => MayMatch(program, declared, query)))
        && !_unwanted.Exists(query => query.Split('=', 2) switch
        {
            ["id", var id] => Same(program.Id, id),
            ["suite", var suite] => Same(program.Suite, suite),
            ["row" or "feature" or "promise", _] => false,
            _ => program.Id.Contains(query, StringComparison.OrdinalIgnoreCase),
        });

    private static bool MayMatch(SuiteProgram program, DeclaredSuite declared, string query) => query.Split('=', 2) switch
    {
        ["row" or "feature", _] => false,
        ["id", var id] => Same(program.Id, id) || id.StartsWith(program.IdOf(""), StringComparison.OrdinalIgnoreCase),
        ["suite", var suite] => Same(program.Suite, suite),
        ["promise", var promise] => !Same(promise, "true") || declared.Promises.Any(test => DeclaredSuite.IsOf(test, program.Name)),
        _ => true,
    };

    private static bool Matches(PlannedTest test, string query) => query.Split('=', 2) switch
    {
        ["row", var row] => Same(test.Row, row),
        ["id", var id] => Same(test.Id, id),
        ["suite", var suite] => Same(test.Suite, suite),
        ["feature", var feature] => Same(test.Feature, feature),
        ["promise", var promise] => Same(test.Promise ? "true" : "false", promise),
        _ => test.Id.Contains(query, StringComparison.OrdinalIgnoreCase),
    };

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
