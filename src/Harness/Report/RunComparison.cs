using System.Collections.Immutable;
using System.Globalization;
using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Report;

/// <summary>Compares two runs, as far as both asked the same.</summary>
internal static class RunComparison
{
    /// <summary>A phase took longer when it took half as long again, and a second at least: less is the machine's mood.</summary>
    private const double LongerBy = 1.5, LongerAtLeast = 1;

    /// <summary>Verdicts first, then tests, observations and times, kernel by kernel; last what only one of them has.</summary>
    public static ImmutableArray<RunDifference> Of(RunReport before, RunReport after)
    {
        var pairs = Pairs(before, after);
        return
        [
            .. pairs.SelectMany(pair => Verdicts(pair.Before, pair.After)), .. pairs.SelectMany(pair => Outcomes(pair.Before, pair.After)),
            .. pairs.SelectMany(pair => Observations(pair.Before, pair.After)), .. pairs.SelectMany(pair => Times(pair.Before, pair.After)),
            .. OnlyIn(before, pairs.Select(pair => pair.Before), RunDifferenceKind.Gone),
            .. OnlyIn(after, pairs.Select(pair => pair.After), RunDifferenceKind.New),
            .. pairs.SelectMany(pair => Tests(pair.Before, pair.After, RunDifferenceKind.Gone)),
            .. pairs.SelectMany(pair => Tests(pair.After, pair.Before, RunDifferenceKind.New)),
        ];
    }

    /// <summary>The changes that a report tells of itself and the one before: verdicts and outcomes.</summary>
    public static ImmutableArray<RunChange> ChangesOf(RunReport before, RunReport after) =>
    [
        .. from difference in Of(before, after) where difference.Kind is RunDifferenceKind.Verdict or RunDifferenceKind.Outcome
           select difference.Change,
    ];

    /// <summary>Kernels that both have.</summary>
    public static IReadOnlyList<(KernelReport Before, KernelReport After)> Pairs(RunReport before, RunReport after)
    {
        var earlier = before.Kernels.GroupBy(IdOf, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        return [.. after.Kernels.Where(kernel => earlier.ContainsKey(IdOf(kernel))).Select(kernel => (earlier[IdOf(kernel)], kernel))];
    }

    /// <summary>A kernel with <c>--config</c> or of a user's tree is not the plain one, whose name it has.</summary>
    private static string IdOf(KernelReport kernel) => kernel.Id ?? kernel.Name;

    private static IEnumerable<RunDifference> Verdicts(KernelReport before, KernelReport after)
    {
        IEnumerable<RunDifference> controls =
            from control in after.Controls
            join earlier in before.Controls on control.Variant equals earlier.Variant
            from difference in Verdict($"{after.Name}, asked for {control.Variant}", earlier.Verdict, control.Verdict)
            select difference;
        return Verdict(after.Name, before.Verdict, after.Verdict).Concat(controls);
    }

    private static IEnumerable<RunDifference> Verdict(string of, VerdictKind before, VerdictKind after) => before == after ? [] :
    [
        new RunDifference(
            RunDifferenceKind.Verdict, new RunChange(of, "verdict", before.Name(), after.Name()),
            IsWorse: VerdictKinds.Overall([before, after]) == after),
    ];

    private static IEnumerable<RunDifference> Outcomes(KernelReport before, KernelReport after) =>
        from pair in Both(before, after) where pair.Before.Outcome != pair.After.Outcome
        select new RunDifference(
            RunDifferenceKind.Outcome, new RunChange(after.Name, Item(pair.After), pair.Before.Outcome.Name(), pair.After.Outcome.Name()),
            Rank(pair.After.Outcome) > Rank(pair.Before.Outcome));

    private static IEnumerable<RunDifference> Observations(KernelReport before, KernelReport after) =>
        from pair in Both(before, after) where !pair.Before.Observed.IsEmpty && !pair.After.Observed.IsEmpty
        from observable in pair.Before.Observed.Keys.Union(pair.After.Observed.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
        let was = pair.Before.Observed.GetValueOrDefault(observable, "not observed")
        let now = pair.After.Observed.GetValueOrDefault(observable, "not observed")
        where was != now
        select new RunDifference(
            RunDifferenceKind.Observation, new RunChange(after.Name, $"{Item(pair.After)}: {observable}", was, now), IsWorse: false);

    /// <summary>Only what both really did can be compared, and only on a processor of the same kind.</summary>
    private static IEnumerable<RunDifference> Times(KernelReport before, KernelReport after) =>
        from phase in after.Phases where !phase.Cached && before.Accelerator?.Used == after.Accelerator?.Used
        let earlier = before.Phases.LastOrDefault(other => other.Name == phase.Name && !other.Cached)
        where earlier is not null && phase.Seconds > earlier.Seconds * LongerBy && phase.Seconds - earlier.Seconds >= LongerAtLeast
        select new RunDifference(
            RunDifferenceKind.Slower, new RunChange(after.Name, phase.Name, Seconds(earlier), Seconds(phase)), IsWorse: false);

    private static IEnumerable<RunDifference> OnlyIn(RunReport run, IEnumerable<KernelReport> both, RunDifferenceKind kind) =>
        run.Kernels.Except(both).Select(kernel => new RunDifference(kind, Only(kernel.Name, "kernel", kernel.Verdict.Name(), kind), false));

    private static IEnumerable<RunDifference> Tests(KernelReport mine, KernelReport other, RunDifferenceKind kind)
    {
        var there = other.Results.Select(test => test.Id).ToHashSet(StringComparer.Ordinal);
        // Of a kernel that was not tested in one of the runs the verdict has told.
        return there.Count == 0 ? [] : mine.Results.Where(test => !there.Contains(test.Id))
            .Select(test => new RunDifference(kind, Only(mine.Name, Item(test), test.Outcome.Name(), kind), IsWorse: false));
    }

    private static RunChange Only(string kernel, string item, string word, RunDifferenceKind kind) =>
        kind == RunDifferenceKind.Gone ? new RunChange(kernel, item, word, "not asked") : new RunChange(kernel, item, "not asked", word);

    private static IEnumerable<(TestReport Before, TestReport After)> Both(KernelReport before, KernelReport after)
    {
        var earlier = before.Results.GroupBy(test => test.Id, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        return after.Results.Where(test => earlier.ContainsKey(test.Id)).Select(test => (earlier[test.Id], test));
    }

    private static string Item(TestReport test) => test.Row is null ? ReportText.Title(test) : $"{test.Row} {ReportText.Title(test)}";

    /// <summary>A test that is skipped proves nothing any more, one that fails proves the contrary.</summary>
    private static int Rank(TestOutcome outcome) => outcome switch
    {
        TestOutcome.Passed => 0,
        TestOutcome.Skipped => 1,
        _ => 2,
    };

    private static string Seconds(PhaseSummary phase) => string.Create(CultureInfo.InvariantCulture, $"{phase.Seconds:0.0} s");
}
