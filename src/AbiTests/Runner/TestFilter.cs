namespace Faultline.AbiTests.Runner;

/// <summary>Which tests run: those that match any of the queries, and none of the negated ones.</summary>
internal sealed class TestFilter(IReadOnlyList<string> queries)
{
    internal const string Syntax =
        "QUERY: row=R12, id=ID, suite=scenario|generated, feature=MACRO, promise=true|false, or a part of the name; !QUERY leaves those out. Several: any of them.";

    internal bool Selects(PlannedTest test)
    {
        var wanted = queries.Where(q => !q.StartsWith('!')).ToList();
        return (wanted.Count == 0 || wanted.Any(q => Matches(test, q)))
            && !queries.Any(q => q.StartsWith('!') && Matches(test, q[1..]));
    }

    private static bool Matches(PlannedTest test, string query) => query.Split('=', 2) switch
    {
        ["row", var row] => Same(test.Row, row) || Same(test.Scenario, row),
        ["id", var id] => Same(test.Id, id),
        ["suite", var suite] => Same(test.Suite, suite),
        ["feature", var feature] => Same(test.Feature, feature),
        ["promise", var promise] => Same(test.IsPromise ? "true" : "false", promise),
        _ => test.Id.Contains(query, StringComparison.OrdinalIgnoreCase) || test.Name.Contains(query, StringComparison.OrdinalIgnoreCase),
    };

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
