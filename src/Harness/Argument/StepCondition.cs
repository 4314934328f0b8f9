using Faultline.Harness.Bench;
using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Bench.Feature.Tables;

namespace Faultline.Harness.Argument;

/// <summary>
/// One step must take so many times as long as another one, at the largest size that has both, in one guest and round by round.
/// </summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Step">A step, and its way.</param>
/// <param name="Over">The step it is compared with.</param>
/// <param name="Bounds">Of the ratio.</param>
internal sealed record StepCondition(string Kernel, WayStep Step, WayStep Over, Bounds Bounds) : Condition
{
    public override Evidence Examine(Facts facts)
    {
        var kernel = facts.KernelOf(Kernel);
        var size = kernel?.LargestOf(huge: false, Step.Way, Over.Way);
        var ratio = kernel is not null && size is { } bytes ? Ratio(kernel, bytes) : null;
        var (one, other) = (Step.Title(kernel?.Design), Over.Title(kernel?.Design));
        var where = size is { } at ? $"{FigureText.Size(at)} on {Kernel}" : Kernel;
        return Bounds.Examine($"{where}: {one} over {other}", ratio, " times") with { Kernel = Kernel };
    }

    private Sample? Ratio(FeatureKernel kernel, long bytes)
    {
        var time = Step.Of(kernel.Cost(Step.Way, huge: false, bytes)!);
        var reference = Over.Of(kernel.Cost(Over.Way, huge: false, bytes)!);
        return time is not null && reference is { Min: > 0 } ? Sample.Ratio(time, reference) : null;
    }
}
