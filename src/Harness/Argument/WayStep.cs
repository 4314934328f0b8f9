using Faultline.Harness.Bench;
using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Bench.Feature.Tables;

namespace Faultline.Harness.Argument;

/// <summary>A step of the benchmark, in one way of protecting.</summary>
/// <param name="Way">One of <see cref="Ways"/>.</param>
/// <param name="Name">One of <see cref="Steps"/>, or <see cref="Whole"/>.</param>
internal sealed record WayStep(string Way, string Name)
{
    /// <summary>What has to be made first, and the protection.</summary>
    public const string Whole = "whole";

    public Sample? Of(CostCell cell) => Name == Whole ? cell.Whole : cell.Seconds.GetValueOrDefault(Name);

    public string Title(string? design)
    {
        var step = Steps.Times.FirstOrDefault(step => step.Name == Name).Title ?? "make and protect";
        return $"{step}, {Ways.Title(Way, design)}";
    }
}
