using Faultline.Harness.Bench;
using Faultline.Harness.Bench.Feature;

namespace Faultline.Harness.Argument;

/// <summary>Page tables must grow by so much for each GiB.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Way">One of <see cref="Ways"/>.</param>
/// <param name="Figure">A count in KiB.</param>
/// <param name="Bounds">In KiB for each GiB.</param>
internal sealed record GrowthCondition(string Kernel, string Way, string Figure, Bounds Bounds) : Condition
{
    public override Condition On(string kernel) => this with { Kernel = kernel };

    public override Evidence Examine(Facts facts)
    {
        var kernel = facts.KernelOf(Kernel);
        var growth = kernel?.Growths.FirstOrDefault(growth => growth.Way == Way && !growth.Huge && growth.Figure == Figure);
        var found = growth is null ? null : Sample.Of([Math.Round(growth.PerGiB)]);
        var what = $"each GiB on {Kernel}, {Ways.Title(Way, kernel?.Design)}: {Figure.Replace("-kib", "", StringComparison.Ordinal)}";
        return Bounds.Examine(what, found, " KiB") with { Kernel = Kernel };
    }
}
