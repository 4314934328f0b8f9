using Faultline.AbiDiff.Coverage;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Reports;

/// <summary>A change that somebody decided to live with, and why.</summary>
public sealed record AcceptedChange(AbiChange Change, string Reason);

/// <summary>The drift between two sides, ready to be written: as text, JSON, Markdown or SARIF.</summary>
public sealed record DriftReport
{
    /// <summary>What the reader calls the old side, for example <c>linux-patch/base/userfaultfd.abi.json</c>.</summary>
    public required string Old { get; init; }

    public required string New { get; init; }

    /// <summary>The changes nobody accepted, worst first.</summary>
    public EquatableArray<AbiChange> Changes { get; init; }

    public EquatableArray<AcceptedChange> Accepted { get; init; }

    /// <summary>Entries of the baseline that no change matches any more.</summary>
    public EquatableArray<BaselineEntry> Unused { get; init; }

    /// <summary>What one side has and the other cannot speak for.</summary>
    public EquatableArray<Omission> Omitted { get; init; }

    /// <summary>Compares two sides and sets aside what the baseline accepts.</summary>
    public static DriftReport Of(AbiSide old, AbiSide current, Baseline? baseline = null)
    {
        var accepting = baseline ?? new Baseline();
        var changes = AbiDiffer.Compare(old, current, out var omitted);
        return new()
        {
            Old = old.Name,
            New = current.Name,
            Changes = changes.Where(change => accepting.Match(change) is null).ToEquatableArray(),
            Accepted = changes.Where(change => accepting.Match(change) is not null).Select(change => new AcceptedChange(change, accepting.Match(change)!.Reason)).ToEquatableArray(),
            Unused = accepting.Entries.Where(entry => !changes.Any(entry.Matches)).ToEquatableArray(),
            Omitted = omitted,
        };
    }

    /// <summary>Whether a change not accepted is at the bar or over it; null is no bar.</summary>
    public bool IsOver(Severity? bar) => bar is { } least && Changes.Any(change => change.Kind.Severity >= least);

    /// <summary>The verdict in one line.</summary>
    public string Summary
    {
        get
        {
            if (Changes.Count == 0)
                return Accepted.Count == 0 ? "no drift" : $"no drift beyond {Accepted.Count} accepted";
            var counts = new[] { Severity.Breaking, Severity.Risky, Severity.Compatible }
                .Select(severity => (Severity: severity, Count: Changes.Count(change => change.Kind.Severity == severity)))
                .Where(item => item.Count > 0)
                .Select(item => $"{item.Count} {item.Severity.ToString().ToLowerInvariant()}");
            var verdict = Compatibility.Of(Changes);
            return $"{string.Join(", ", counts)}; source-{(verdict.Source ? "" : "in")}compatible, binary-{(verdict.Binary ? "" : "in")}compatible"
                + (Accepted.Count == 0 ? "" : $"; {Accepted.Count} accepted");
        }
    }
}
