namespace Faultline.Harness.Argument;

/// <summary>A row of the conformance suite must have shown a value on a kernel.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Row">The row.</param>
/// <param name="Observable">What the row observes.</param>
/// <param name="Wanted">The value.</param>
internal sealed record RowCondition(string Kernel, string Row, string Observable, string Wanted) : Condition
{
    public override Condition On(string kernel) => this with { Kernel = kernel };

    public override Evidence Examine(Facts facts)
    {
        var seen = facts.Observed(Kernel, Row, Observable);
        return new Evidence($"{Row} on {Kernel}: {Observable} {seen ?? "not observed"}", seen is null ? null : seen == Wanted)
        {
            Row = Row, Kernel = Kernel, Observable = Observable, Value = seen ?? "?",
        };
    }
}
