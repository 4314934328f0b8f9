using System.Globalization;
using Faultline.Harness.Bench;
using Faultline.Harness.Bench.Feature;

namespace Faultline.Harness.Argument;

/// <summary>So many pages of live snapshots must be wrong, in the round that has most.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Way">One of <see cref="Ways"/>.</param>
/// <param name="Bounds">In pages.</param>
internal sealed record WrongPagesCondition(string Kernel, string Way, Bounds Bounds) : Condition
{
    private const int PageSize = 4096;

    public override Condition On(string kernel) => this with { Kernel = kernel };

    public override Evidence Examine(Facts facts)
    {
        var kernel = facts.KernelOf(Kernel);
        var cells = kernel?.Snapshots.Where(cell => cell.Way == Way).ToList() ?? [];
        var most = cells.Count == 0 ? null : Sample.Of([cells.Max(cell => cell.Counts["wrong-pages"].Max)]);
        var pages = cells.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" of {cells[0].Bytes / PageSize:N0}");
        var what = $"wrong pages of a snapshot on {Kernel}, {Ways.Title(Way, kernel?.Design)}";
        return Bounds.Examine(what, most, pages) with { Kernel = Kernel };
    }
}
