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

    public bool Matches(Finding finding) =>
        finding.Change.Kind.Id == Kind && Fits(Subject, finding.Change.Subject) && (Header.Length == 0 || Fits(Header, finding.Header))
        && (Old is null || Old == finding.Change.Old) && (New is null || New == finding.Change.New);

    private static bool Fits(string pattern, string text) =>
        pattern == text || (pattern.Contains('*', StringComparison.Ordinal)
            && FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false));

    /// <summary>The change that a line accepts, without the reason for it.</summary>
    public override string ToString() => $"{Kind} of {Subject}{(Header.Length == 0 ? "" : $" in {Header}")}";
}
