using System.Diagnostics;
using System.Globalization;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Planning;

namespace Faultline.AbiTests.Runner;

/// <summary>The tests that the compiler found, planned and run.</summary>
internal static class Suite
{
    /// <summary>Every test, in no order that means anything.</summary>
    internal static IEnumerable<SuiteTest> Tests => [.. ScenarioPlan.All(), .. GeneratedPlan.Current.Named];

    /// <summary>The tests the filter selects: scenarios in the order of their rows, then the generated ones by name.</summary>
    internal static List<PlannedTest> Plan(Profile profile, TestFilter filter)
    {
        List<PlannedTest> found = [.. Tests.Select(test => new PlannedTest(test, profile))];
        var doubled = found.GroupBy(test => test.Id).FirstOrDefault(group => group.Count() > 1);
        if (doubled is not null)
            throw new InvalidOperationException($"Two tests have the id '{doubled.Key}'; results could not be told apart.");
        return
        [
            .. found.Where(test => test.IsAsked && filter.Selects(test)).OrderBy(RowNumber)
                .ThenBy(test => test.Scenario, StringComparer.Ordinal).ThenBy(test => test.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Runs one test; the caller waits on the task as long as its deadline allows.</summary>
    internal static Task Run(PlannedTest test, TestOutcome outcome) => Task.Run(() =>
    {
        Observation.Running = test.Scenario;
        var clock = Stopwatch.StartNew();
        Exception? thrown = null;
        try
        {
            test.Run();
        }
        // Whatever a test throws is its result.
#pragma warning disable CA1031
        catch (Exception e)
        {
            thrown = e;
        }
#pragma warning restore CA1031
        outcome.Ended(thrown, clock.Elapsed);
    });

    private static int RowNumber(PlannedTest test) => test switch
    {
        { Row: Promises.Identity } => 0,
        { Row: ['R', .. var digits] } when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var row) => row,
        { Row: not null } => 1000,
        _ => 2000,
    };
}
