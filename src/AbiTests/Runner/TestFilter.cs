namespace Faultline.AbiTests.Runner;

/// <summary>Which tests run: those that match any of the queries, and none of the negated ones.</summary>
internal sealed class TestFilter(IReadOnlyList<string> queries)
{
    internal const string Syntax =
        "QUERY: row=R12, id=ID, suite=scenario|generated, feature=MACRO, promise=true|false, or a part of the name; !QUERY leaves those out. Several: any of them.";

    private readonly TestQueries _queries = new(queries);

    internal bool Selects(PlannedTest test) => _queries.Selects(
        new TestTraits(test.Id, test.Name, test.Suite, test.Row, test.Scenario, test.Feature, test.IsPromise));
}
