namespace Faultline.AbiConsumers.Hazards;

/// <summary>A row of the conformance suite that shows on a kernel what a hazard claims.</summary>
/// <param name="Row">The scenario, <c>R12</c>.</param>
/// <param name="Variant">The kernel, by the folder of its expectations in linux-patch.</param>
/// <param name="Key">What the scenario observes.</param>
/// <param name="Value">What it observes there.</param>
public sealed record Proof(string Row, string Variant, string Key, string Value)
{
    public override string ToString() => $"{Row} on {Variant}: {Key} = {Value}";
}
