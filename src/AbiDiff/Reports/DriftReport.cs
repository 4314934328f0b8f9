using Faultline.AbiDiff.Coverage;
using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Reports;

/// <summary>The drift between two sides, ready to be written: as text, JSON, Markdown or SARIF.</summary>
public sealed record DriftReport
{
    /// <summary>What the reader calls the old side, for example <c>linux-patch/base/userfaultfd.abi.json</c>.</summary>
    public required string Old { get; init; }

    public required string New { get; init; }

    /// <summary>The changes nobody accepted, worst first.</summary>
    public EquatableArray<Finding> Findings { get; init; }

    public EquatableArray<Finding> Accepted { get; init; }

    /// <summary>Accepted changes that did not happen.</summary>
    public EquatableArray<AcceptedChange> Unused { get; init; }

    /// <summary>What one side has and the other cannot speak for.</summary>
    public EquatableArray<Omission> Omitted { get; init; }

    /// <summary>How many headers were compared; null when the report is about one header, and its name then goes without saying.</summary>
    public int? Headers { get; init; }

    /// <summary>The machines whose programs were asked about; empty when the sides bring their target.</summary>
    public EquatableArray<string> Targets { get; init; }

    /// <summary>Nothing of one side could be compared with the other: no drift was found, and none could have been.</summary>
    public bool IsVacuous => Headers is { } headers ? headers == 0 : HeldNothing;

    private bool HeldNothing { get; init; }

    /// <summary>Changes that are left out because somebody asked not to see their kind.</summary>
    private EquatableArray<Finding> LeftOut { get; init; }

    /// <summary>How many changes are left out.</summary>
    public int Ignored => LeftOut.Count;

    /// <summary>This report without the changes of some kinds. How many were left out is still told, and the verdict is of all.</summary>
    public DriftReport Without(IReadOnlyCollection<ChangeKind> kinds) => this with
    {
        Findings = Findings.Where(finding => !kinds.Contains(finding.Change.Kind)).ToEquatableArray(),
        LeftOut = LeftOut.Concat(Findings.Where(finding => kinds.Contains(finding.Change.Kind))).ToEquatableArray(),
    };

    /// <summary>This report with the commits that made each change.</summary>
    public DriftReport Blaming(Func<Finding, IEnumerable<NamedCommit>> commits) =>
        this with
        {
            Findings = Findings.Select(finding => finding with { Commits = commits(finding).ToEquatableArray() }).ToEquatableArray(),
        };

    /// <summary>Compares two sides and sets aside what is accepted.</summary>
    public static DriftReport Of(AbiSide old, AbiSide current, AcceptedChanges? accepted = null) =>
        Of(old.Name, current.Name, [new(current.Spec.Header, old, current)], accepted);

    /// <summary>Compares many headers of two sides.</summary>
    public static DriftReport Of(string oldName, string newName, IEnumerable<AbiPair> pairs, AcceptedChanges? accepted = null) =>
        OfTargets(oldName, newName, [new TargetReading("", [.. pairs])], accepted);

    /// <summary>Compares what the programs of several machines see. A change that all of them see is told once.</summary>
    /// <param name="readings">One for each target; the first one's values are told.</param>
    public static DriftReport OfTargets(string oldName, string newName, IReadOnlyList<TargetReading> readings,
        AcceptedChanges? accepted = null)
    {
        var omitted = new List<Omission>();
        var findings = new List<(string Target, Finding Finding)>();
        foreach (var reading in readings)
        {
            foreach (var pair in reading.Pairs)
            {
                findings.AddRange(AbiDiffer.Compare(pair, out var left).Select(change => (reading.Target, Finding.Of(pair, change))));
                omitted.AddRange(left);
            }
        }
        var only = readings is [var alone] ? alone.Only : null;
        // The order within one header is the differ's; the sort is stable.
        var ordered = WithoutLesser([.. Joined(readings, findings)])
            .OrderByDescending(finding => finding.Change.Kind.Severity).ThenBy(finding => finding.Header, StringComparer.Ordinal)
            .Select(finding => finding with { Accepted = accepted?.Match(finding, only)?.Reason })
            .ToList();
        return new()
        {
            Old = oldName,
            New = newName,
            Findings = ordered.Where(finding => finding.Accepted is null).ToEquatableArray(),
            Accepted = ordered.Where(finding => finding.Accepted is not null).ToEquatableArray(),
            Unused = (accepted?.Entries ?? default).Where(entry =>
                !ordered.Exists(finding => entry.Matches(finding, only))).ToEquatableArray(),
            Omitted = omitted.Distinct().ToEquatableArray(),
            Targets = readings.Select(reading => reading.Target).Where(target => target.Length > 0).ToEquatableArray(),
            HeldNothing = findings.Count == 0 && readings.All(reading => reading.Pairs.All(HoldsNothing)),
        };
    }

    /// <summary>
    /// A change is known by its kind and subject: machines of another word size see the same one with other numbers. What only some of
    /// those see that read the header names them.
    /// </summary>
    private static IEnumerable<Finding> Joined(IReadOnlyList<TargetReading> readings, List<(string Target, Finding Finding)> findings)
    {
        var readers = readings.SelectMany(reading => reading.Pairs.Select(pair => (pair.Header, reading.Target)))
            .ToLookup(item => item.Header, item => item.Target);
        foreach (var same in findings.GroupBy(item => (item.Finding.Header, item.Finding.Change.Kind, item.Finding.Change.Subject)))
        {
            var targets = same.Select(item => item.Target).Distinct(StringComparer.Ordinal).ToList();
            var only = readers[same.Key.Header].All(targets.Contains) ? default : targets.ToEquatableArray();
            foreach (var (_, finding) in same.Where(item => item.Target == targets[0]))
                yield return finding with { Targets = only };
        }
    }

    /// <summary>
    /// One type that became another is one change: where a target has a graver one of the same thing, which shows both types, what
    /// others have of it is not told again.
    /// </summary>
    private static IEnumerable<Finding> WithoutLesser(List<Finding> findings)
    {
        var graver = findings.Where(finding => finding is { Targets.Count: > 0, Change.Kind.Severity: Severity.Breaking })
            .ToLookup(finding => (finding.Header, finding.Change.Subject));
        return findings.Where(finding => finding.Targets.Count == 0 || !Retyped.Contains(finding.Change.Kind)
            || !graver[(finding.Header, finding.Change.Subject)].Any(other =>
                other.Change.Old.StartsWith(finding.Change.Old, StringComparison.Ordinal)
                && other.Change.New.StartsWith(finding.Change.New, StringComparison.Ordinal)));
    }

    private static readonly HashSet<ChangeKind> Retyped =
        [RecordKinds.FieldRetyped, RecordKinds.PointerRetyped, RecordKinds.FunctionPointerRetyped, ValueKinds.TypedefRetyped];

    private static bool HoldsNothing(AbiPair pair) =>
        pair is not { Old: { } old, New: { } current } || Comparable.Of(old, current) is { Old.IsEmpty: true, New.IsEmpty: true };

    /// <summary>Whether a change not accepted is at the bar or over it; null is no bar.</summary>
    public bool IsOver(Severity? bar) => bar is { } least && Findings.Any(finding => finding.Change.Kind.Severity >= least);

    /// <summary>What the two sides are to each other, whatever of it is accepted or left out.</summary>
    public Compatibility Verdict =>
        Compatibility.Of(Findings.Concat(Accepted).Concat(LeftOut).Select(finding => finding.Change).ToEquatableArray());

    /// <summary>The gravest change that is listed; null when none is.</summary>
    public Severity? Worst => Findings.Count == 0 ? null : Findings.Max(finding => finding.Change.Kind.Severity);

    /// <summary>The verdict in one line.</summary>
    public string Summary
    {
        get
        {
            if (IsVacuous)
                return "nothing was compared: neither side holds anything that the other can speak for";
            var headers = Headers is { } compared ? $"{compared} headers: " : "";
            var ignored = Ignored == 0 ? "" : $"; {Ignored} of ignored kinds";
            if (Findings.Count == 0)
                return headers + (Accepted.Count == 0 ? "no drift" : $"no drift beyond {Accepted.Count} accepted") + ignored;
            var counts = new[] { Severity.Breaking, Severity.Risky, Severity.Compatible }
                .Select(severity => (Severity: severity, Count: Findings.Count(finding => finding.Change.Kind.Severity == severity)))
                .Where(item => item.Count > 0)
                .Select(item => $"{item.Count} {item.Severity.ToString().ToLowerInvariant()}");
            return $"{headers}{string.Join(", ", counts)}; source-{(Verdict.Source ? "" : "in")}compatible, "
                + $"binary-{(Verdict.Binary ? "" : "in")}compatible"
                + (Accepted.Count == 0 ? "" : $"; {Accepted.Count} accepted") + ignored;
        }
    }
}
