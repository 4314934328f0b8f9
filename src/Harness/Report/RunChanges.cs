using System.Collections.Immutable;
using Faultline.Harness.Judging;
using Faultline.Harness.Results;

namespace Faultline.Harness.Report;

/// <summary>Compares a run with the one before it, as far as both asked the same.</summary>
internal static class RunChanges
{
    /// <summary>Verdicts first, then tests, kernel by kernel.</summary>
    public static ImmutableArray<RunChange> Of(RunReport before, RunReport after)
    {
        var earlier = before.Kernels.GroupBy(IdOf, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var pairs = after.Kernels.Where(kernel => earlier.ContainsKey(IdOf(kernel)))
            .Select(kernel => (Before: earlier[IdOf(kernel)], After: kernel)).ToList();
        return
        [
            .. pairs.SelectMany(pair => Verdicts(pair.Before, pair.After)).Where(change => change.Before != change.After),
            .. pairs.SelectMany(pair => Tests(pair.Before, pair.After)).Where(change => change.Before != change.After),
        ];
    }

    /// <summary>A kernel with <c>--config</c> or of a user's tree is not the plain one, whose name it has.</summary>
    private static string IdOf(KernelReport kernel) => kernel.Id ?? kernel.Name;

    private static IEnumerable<RunChange> Verdicts(KernelReport before, KernelReport after)
    {
        yield return Verdict(after.Name, before.Verdict, after.Verdict);
        foreach (var control in after.Controls)
        {
            if (before.Controls.FirstOrDefault(earlier => earlier.Variant == control.Variant) is { } earlier)
                yield return Verdict($"{after.Name}, asked for {control.Variant}", earlier.Verdict, control.Verdict);
        }
    }

    private static RunChange Verdict(string of, VerdictKind before, VerdictKind after) => new(of, "verdict", before.Name(), after.Name());

    private static IEnumerable<RunChange> Tests(KernelReport before, KernelReport after)
    {
        var outcomes = before.Results.GroupBy(test => test.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Outcome, StringComparer.Ordinal);
        return after.Results.Where(test => outcomes.ContainsKey(test.Id)).Select(test => new RunChange(
            after.Name, test.Row is null ? ReportText.Title(test) : $"{test.Row} {ReportText.Title(test)}",
            outcomes[test.Id].Name(), test.Outcome.Name()));
    }
}
