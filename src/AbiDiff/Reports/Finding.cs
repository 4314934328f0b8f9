using Faultline.AbiModel;

namespace Faultline.AbiDiff.Reports;

/// <summary>One change and where it stands.</summary>
/// <param name="Header">As programs include it.</param>
/// <param name="Line">The line of the new header where the subject, or what took its place, stands; null when it is gone.</param>
public sealed record Finding(string Header, int? Line, AbiChange Change)
{
    /// <summary>Why somebody decided to live with it; null when nobody did.</summary>
    public string? Accepted { get; init; }

    /// <summary>The targets that it was found for, where the header was read for others too; empty when it holds for all.</summary>
    public EquatableArray<string> Targets { get; init; }

    /// <summary>The commits that made it, the newest first; empty where nobody asked, or none is known.</summary>
    public EquatableArray<NamedCommit> Commits { get; init; }

    /// <summary>The change in words, and for which targets alone.</summary>
    public override string ToString() => Targets.Count == 0 ? $"{Change}" : $"{Change} ({string.Join(", ", Targets)} only)";

    public static Finding Of(AbiPair pair, AbiChange change)
    {
        var spec = pair.New?.Spec;
        return new(pair.Header, spec?.LineOf(change.Subject) ?? (change.New.Length > 0 ? spec?.LineOf(change.New) : null), change);
    }
}
