namespace Faultline.AbiTests.Runner;

/// <summary>
/// The user's <c>--filter</c>: which tests run. The harness asks the same of tests that programs print, and compiles this file too.
/// </summary>
/// <param name="queries">Any of them selects; one with <c>!</c> leaves out.</param>
internal sealed class TestQueries(IReadOnlyList<string> queries)
{
    private static readonly string[] Fields = ["row", "id", "suite", "feature", "promise"];

    private readonly List<string> _wanted = [.. queries.Where(query => !query.StartsWith('!'))];
    private readonly List<string> _unwanted = [.. queries.Where(query => query.StartsWith('!')).Select(query => query[1..])];

    /// <summary>Whether a test is asked for.</summary>
    internal bool Selects(TestTraits test) =>
        Selects((field, value) => Matches(test, field, value), (field, value) => Matches(test, field, value));

    /// <summary>The same of something that is less than a test, or more.</summary>
    /// <param name="isWanted">Given a query's field (empty for a part of the name) and value: whether it may be what is asked for.</param>
    /// <param name="isUnwanted">Likewise, whether all of it is what is left out.</param>
    internal bool Selects(Func<string, string, bool> isWanted, Func<string, string, bool> isUnwanted) =>
        (_wanted.Count == 0 || _wanted.Exists(query => Ask(query, isWanted))) && !_unwanted.Exists(query => Ask(query, isUnwanted));

    internal static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static bool Ask(string query, Func<string, string, bool> matches) =>
        query.Split('=', 2) is [var field, var value] && Fields.Contains(field)
            ? matches(field, value) : matches("", query);

    private static bool Matches(TestTraits test, string field, string value) => field switch
    {
        "row" => Same(test.Row, value) || Same(test.Scenario, value),
        "id" => Same(test.Id, value),
        "suite" => Same(test.Suite, value),
        "feature" => Same(test.Feature, value),
        "promise" => Same(test.Promise ? "true" : "false", value),
        _ => test.Id.Contains(value, StringComparison.OrdinalIgnoreCase) || test.Name.Contains(value, StringComparison.OrdinalIgnoreCase),
    };
}
