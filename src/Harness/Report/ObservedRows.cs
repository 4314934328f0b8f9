namespace Faultline.Harness.Report;

/// <summary>What a run observed, by kernel, row and observable.</summary>
internal static class ObservedRows
{
    /// <returns>Kernel, row and observable to the value seen; null where nothing was.</returns>
    public static Func<string, string, string, string?> Of(RunReport report)
    {
        var seen = report.Kernels
            .SelectMany(kernel => kernel.Results, (kernel, test) => (kernel.Name, Row: test.Key, test.Observed))
            .SelectMany(test => test.Observed, (test, pair) => (Key: (test.Name, test.Row, pair.Key), pair.Value))
            .GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.First().Value);
        return (kernel, row, observable) => seen.GetValueOrDefault((kernel, row, observable));
    }
}
