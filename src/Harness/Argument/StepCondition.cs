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
    /// <summary>With transparent huge pages.</summary>
    public bool Huge { get; init; }

    /// <summary>
    /// The kernel on which the same ratio holds nothing but what the two ways cost by themselves, so that it is divided out; null for none.
    /// </summary>
    public string? Without { get; init; }

    public override Condition On(string kernel) => this with { Kernel = kernel };

    public override Evidence Examine(Facts facts)
    {
        var kernel = facts.KernelOf(Kernel);
        var size = kernel?.LargestOf(Huge, Step.Way, Over.Way);
        var ratio = Ratio(kernel, size);
        var remark = "";
        if (Without is not null)
        {
            var calls = Ratio(facts.KernelOf(Without), size);
            ratio = ratio is null || calls is null ? null : Sample.Of([.. ratio.Values.Select(value => value / calls.Median)]);
            remark = ", without the cost of the calls";
        }

        var (one, over) = (Step.Title(kernel?.Design), Over.Title(kernel?.Design));
        var where = size is { } at ? $"{FigureText.Size(at)} on {Kernel}" : Kernel;
        return Bounds.Examine($"{where}{(Huge ? ", huge pages on" : "")}: {one} over {over}{remark}", ratio, " times") with
        {
            Kernel = Kernel, Size = size is { } found ? FigureText.Size(found) : "?",
        };
    }

    private Sample? Ratio(FeatureKernel? kernel, long? bytes)
    {
        if (bytes is not { } size
            || kernel?.Cost(Step.Way, Huge, size) is not { } one || kernel.Cost(Over.Way, Huge, size) is not { } other)
            return null;
        var (time, reference) = (Step.Of(one), Over.Of(other));
        return time is not null && reference is { Min: > 0 } ? Sample.Ratio(time, reference) : null;
    }
}
