namespace Faultline.Harness.Bench.Feature;

/// <summary>One call for all of the memory, against calls that each cover half of what a page table reaches; no huge pages.</summary>
/// <param name="Bytes">How much memory.</param>
/// <param name="Pmd">One call.</param>
/// <param name="Pte">Smaller calls, which leave pte markers wherever holes are marked.</param>
internal sealed record MarkerComparison(long Bytes, CostCell Pmd, CostCell Pte)
{
    /// <summary>The comparisons, in the order of sizes.</summary>
    public static IEnumerable<MarkerComparison> Of(FeatureKernel kernel) =>
        from one in kernel.Costs
        where one is { Way: Ways.Feature, Huge: false }
        let other = kernel.Cost(Ways.Halves, huge: false, one.Bytes)
        where other is not null
        orderby one.Bytes
        select new MarkerComparison(one.Bytes, one, other);
}
