using Faultline.Harness;
using Faultline.Harness.Inputs;
using Faultline.Harness.Report;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>What the last run of a kernel observed, as far as it may become an expectation.</summary>
/// <param name="Folder">That of the run's report.</param>
/// <param name="Report">The run.</param>
/// <param name="Kernel">The kernel's part of it.</param>
internal sealed record Recording(string Folder, RunReport Report, KernelReport Kernel)
{
    /// <summary>The newest run that tested a kernel as it would be tested now.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="checkout">Where reports lie.</param>
    /// <param name="from">The report to take instead; null for the newest of the checkout that has the kernel.</param>
    /// <param name="run">The command that runs it, for who has to.</param>
    /// <param name="scenarios">A run that asked all of these is preferred, for a filter may have left out any; null for the newest.</param>
    /// <exception cref="UsageException">There is none, or it was of other inputs.</exception>
    public static Recording Of(
        PlannedKernel kernel, Checkout checkout, string? from, string run, IReadOnlyCollection<string>? scenarios = null)
    {
        IReadOnlyList<(string Folder, RunReport Report)> reports = from is null ? ReportArchive.Of(checkout) : [ReportArchive.Named(from)];
        var all = reports.Select(entry => new Recording(entry.Folder, entry.Report, entry.Report.Kernels.FirstOrDefault(tested =>
                (tested.Id ?? tested.Name) == kernel.Id && tested.Variant == kernel.Variant.Name)!))
            .Where(recording => recording.Kernel is not null).ToList();
        var found = all.Find(recording => scenarios is null || !recording.Lacks(scenarios).Any()) ?? all.FirstOrDefault();
        if (found is null)
        {
            var where = from is null ? $"no report in {checkout.Artifacts} tells" : $"{reports[0].Folder} does not tell";
            throw new UsageException($"{where} of {Name(kernel)}. Run it first: {run}");
        }

        if (found.Kernel.Inputs is not { } then)
        {
            throw new UsageException(found.Kernel.Results.IsEmpty
                ? $"{found.Folder}: {Name(kernel)} was not tested ({found.Kernel.Summary}), so nothing was observed. Run it again: {run}"
                : $"{found.Folder} was written by an older Faultline and does not say what was tested. Run it again: {run}");
        }

        var changed = ObservedInputs.Now(kernel, checkout) is { } now ? now.Differences(then) : ["kernel"];
        return changed.Count == 0 ? found : throw new UsageException(
            $"what {found.Folder} holds of {Name(kernel)} may not be what would be seen now: {Stamp.Words(changed)} changed since. "
            + $"Run it again: {run}");
    }

    /// <summary>Those of <paramref name="scenarios"/> that the run did not ask.</summary>
    public IEnumerable<string> Lacks(IReadOnlyCollection<string> scenarios) =>
        scenarios.Except(Kernel.Results.Select(test => test.Scenario).OfType<string>(), StringComparer.Ordinal);

    /// <summary>What differs from what is expected, or of the rows that are named.</summary>
    /// <param name="expected">What is written down.</param>
    /// <param name="asked">Rows (<c>R12</c>) or scenarios (<c>R31-mprotect</c>); empty for all that differ.</param>
    /// <exception cref="UsageException">A row that is named is unknown, or nothing was observed of it.</exception>
    public RecordedRows Rows(IReadOnlyDictionary<string, Expectation> expected, IReadOnlyList<string> asked)
    {
        List<TestReport> scenarios = [.. Kernel.Results.Where(test => test.Scenario is not null)];
        foreach (var name in asked)
        {
            if (!scenarios.Any(test => IsNamed(test, name)))
                throw new UsageException(Unknown(name, scenarios));
        }

        List<TestReport> chosen = [.. scenarios.Where(test => asked.Count == 0 || asked.Any(name => IsNamed(test, name)))];
        List<TestReport> usable = [.. chosen.Where(test => WhyNot(test) is null)];
        foreach (var name in asked.Where(name => !usable.Any(test => IsNamed(test, name))))
        {
            var test = chosen.First(test => IsNamed(test, name));
            throw new UsageException($"{test.Scenario}: {WhyNot(test)}, so there is nothing to write down (in {Folder}).");
        }

        return new RecordedRows(
            [
                .. from test in usable where !Same(expected.GetValueOrDefault(test.Scenario!), test)
                   select new ObservedRow(test.Scenario!, test.Title, test.Observed),
            ],
            [
                .. from test in chosen where WhyNot(test) is not null && (asked.Count > 0 || test.Outcome.SpeaksAgainst())
                   select $"{test.Scenario}: {WhyNot(test)}",
            ],
            [.. usable.Where(test => Same(expected.GetValueOrDefault(test.Scenario!), test)).Select(test => test.Scenario!)]);
    }

    private static string Name(PlannedKernel kernel) =>
        kernel.Request is null ? $"this machine's own kernel by the promises of '{kernel.Variant.Name}'" : kernel.Id;

    private static bool IsNamed(TestReport test, string name) =>
        name.Equals(test.Scenario, StringComparison.OrdinalIgnoreCase) || name.Equals(test.Row, StringComparison.OrdinalIgnoreCase);

    private static string? WhyNot(TestReport test) => test switch
    {
        { Outcome: TestOutcome.Missing } => "it has no result",
        { Outcome: TestOutcome.Skipped } => $"it was skipped: {test.Reason}",
        { Observed.IsEmpty: true } => $"it observed nothing: {test.Reason}",
        { IsWhole: false, Rounds: { } rounds } => $"it did not observe everything, and the same, in each of {rounds} rounds",
        { IsWhole: false } => $"it ended before it had observed everything: {test.Reason}",
        _ => null,
    };

    private static bool Same(Expectation? expected, TestReport test) => expected is not null
        && expected.Observables.Count == test.Observed.Count
        && expected.Observables.All(pair => test.Observed.TryGetValue(pair.Key, out var seen) && seen == pair.Value);

    private string Unknown(string name, List<TestReport> scenarios)
    {
        var rows = scenarios.Select(test => test.Row).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        const int named = 12;
        var known = string.Join(", ", rows.Take(named)) + (rows.Count > named ? $" and {rows.Count - named} more (docs/rows.md)" : "");
        return $"{name}: the run in {Folder} has no such row; it has {(rows.Count == 0 ? "no scenario at all" : known)}.";
    }
}
