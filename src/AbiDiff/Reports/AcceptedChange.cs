using System.IO.Enumeration;

namespace Faultline.AbiDiff.Reports;

/// <summary>
/// One accepted change: its kind, its subject as reported, the reason, and the header when it is to hold in that one
/// only. In subject and header a <c>*</c> stands for any characters: it accepts all changes of the kind that it fits.
/// </summary>
public sealed record AcceptedChange(string Kind, string Subject, string Reason, string Header = "")
{
    /// <summary>The old value that is accepted, as reported; null for any.</summary>
    public string? Old { get; init; }

    /// <summary>The new one: who accepted 2 for 1 has not accepted 3. Null for any.</summary>
    public string? New { get; init; }

    /// <summary>The target for which alone the change is accepted, as reported; null for whatever targets have it.</summary>
    public string? Target { get; init; }

    /// <param name="finding">The change.</param>
    /// <param name="only">The target that alone was asked about, of which a change does not tell by itself; null for none or
    /// several.</param>
    public bool Matches(Finding finding, string? only = null) =>
        finding.Change.Kind.Id == Kind && Fits(Subject, finding.Change.Subject) && (Header.Length == 0 || Fits(Header, finding.Header))
        && (Old is null || Old == finding.Change.Old) && (New is null || New == finding.Change.New)
        // What holds for all targets, or for others too, is more than was accepted.
        && (Target is null || Target == (finding.Targets is [var target] ? target : finding.Targets.Count == 0 ? only : null));

    private static bool Fits(string pattern, string text) =>
        pattern == text || (pattern.Contains('*', StringComparison.Ordinal)
            && FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false));

    /// <summary>The change that a line accepts, without the reason for it.</summary>
    public override string ToString() =>
        $"{Kind} of {Subject}{(Header.Length == 0 ? "" : $" in {Header}")}{(Target is null ? "" : $" for {Target}")}";
}
