using Faultline.AbiModel;

namespace Faultline.Uffd.ThreeWay;

/// <summary>Three sources of truth about one kernel side by side: its uapi header, its compiled code, and itself, running.</summary>
/// <remarks>The rules are in docs/three-way.md. Pure: the same sources give the same rows in the same order.</remarks>
public sealed record ThreeWayTable(EquatableArray<SourceRow> Rows)
{
    public IEnumerable<SourceRow> Mismatches => Rows.Where(row => !row.Agrees);

    /// <param name="header">The model of the header that <c>make headers_install</c> gave.</param>
    /// <param name="code">The model of the kernel's debug information, of the types that the header names.</param>
    /// <param name="live">What the kernel answered.</param>
    public static ThreeWayTable Of(AbiSpec header, AbiSpec code, LiveAnswers live) => new(
        FeatureRows.Of(header, live)
            .Concat(RequestRows.Of(header, code, live))
            .Concat(RangeRows.Of(header, live))
            .Concat(RecordRows.Of(header, code, live))
            .ToEquatableArray());
}
