using System.Globalization;
using System.Reflection;
using Faultline.AbiTests.Expectations;
using Xunit.Runner.Common;
using Xunit.Sdk;
using Xunit.v3;

namespace Faultline.AbiTests.Runner;

/// <summary>Discovers and runs the tests of this assembly through xunit's in-process extension points.</summary>
internal sealed class Suite
{
    private readonly Assembly _assembly = typeof(Suite).Assembly;
    private readonly ITestFramework _framework;
    private readonly ITestFrameworkExecutionOptions _options;

    internal Suite()
    {
        TestContext.SetForInitialization(null, diagnosticMessages: false, internalDiagnosticMessages: false);
        _framework = RegisteredEngineConfig.GetTestFramework(_assembly, null);
        _options = TestFrameworkOptions.ForExecution(new TestAssemblyConfiguration());
        _options.SetParallelMode(ParallelMode.None);
        _options.SetSynchronousMessageReporting(true);
    }

    /// <summary>The tests the filter selects: scenarios in the order of their rows, then the generated ones by name.</summary>
    internal List<PlannedTest> Plan(Profile profile, TestFilter filter)
    {
        var found = new List<PlannedTest>();
        var options = TestFrameworkOptions.ForDiscovery(new TestAssemblyConfiguration());
        options.SetPreEnumerateTheories(true);
        options.SetSynchronousMessageReporting(true);
        var search = _framework.GetDiscoverer(_assembly).Find(
            testCase =>
            {
                found.Add(new(testCase, profile));
                return new(true);
            }, options, null, CancellationToken.None);
        search.AsTask().GetAwaiter().GetResult();

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
    internal Task Run(PlannedTest test, TestOutcome outcome) => Task.Run(async () =>
    {
        try
        {
            await _framework.GetExecutor(_assembly).RunTestCases([test.Case], outcome, _options, CancellationToken.None);
        }
        // The run must go on whatever one test's machinery throws.
#pragma warning disable CA1031
        catch (Exception e)
        {
            outcome.FailBecause($"The test framework failed: {e}");
        }
#pragma warning restore CA1031
    });

    private static int RowNumber(PlannedTest test) => test switch
    {
        { Row: Promises.Identity } => 0,
        { Row: ['R', .. var digits] } when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var row) => row,
        { Row: not null } => 1000,
        _ => 2000,
    };
}
