namespace Faultline.AbiDiff.Reports;

/// <summary>A commit as people name it.</summary>
/// <param name="Id">Its abbreviated hash.</param>
/// <param name="Summary">The first line of its message.</param>
public sealed record NamedCommit(string Id, string Summary)
{
    public override string ToString() => $"{Id} {Summary}";
}
