using Faultline.Harness.Results;

namespace Faultline.Harness.Report;

/// <summary>What every report says of a kernel that did not pass.</summary>
internal static class FailureText
{
    private const string NotObserved = "not observed", NotExpected = "nothing";

    /// <summary>The reasons that neither the summary, the excerpt nor the list of tests tells already.</summary>
    public static IEnumerable<string> OtherReasons(KernelReport kernel)
    {
        var tests = kernel.Results.Where(test => test.Outcome.SpeaksAgainst()).Select(test => $"{test.Id}: {test.Reason}").ToHashSet(StringComparer.Ordinal);
        return kernel.Reasons.Where(reason =>
            reason != kernel.Summary && !tests.Contains(reason) && kernel.Excerpt?.Contains(reason, StringComparison.Ordinal) != true);
    }

    /// <summary>A planned test that has no result, in a line: what it is, and of one that ended its guest how.</summary>
    public static string WithoutResult(TestReport test) =>
        (test.Row is null ? test.Id : $"{test.Row} {ReportText.Title(test)}") + (test.Guest is null ? "" : $": {test.Reason}");

    /// <summary>The observables that are not as they should be; none for a test that fails without a table.</summary>
    public static IReadOnlyList<(string Observable, string Expected, string Observed)> Differences(TestReport test) =>
    [
        .. test.Expected.Keys.Union(test.Observed.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(key => (key, test.Expected.GetValueOrDefault(key, NotExpected), test.Observed.GetValueOrDefault(key, NotObserved)))
            .Where(pair => pair.Item2 != pair.Item3),
    ];
}
