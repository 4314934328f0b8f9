namespace Faultline.Harness.Argument;

/// <summary>One line of the table that shows all kernels at a glance: what was seen or measured, whatever it is.</summary>
/// <param name="Says">What is looked at.</param>
/// <param name="Of">Looks at it on any kernel.</param>
internal sealed record Glance(string Says, Condition Of)
{
    public GlanceLine Look(Facts facts, IEnumerable<string> kernels) =>
        new(Says.Replace("{size}", Of.On(kernels.Last()).Examine(facts).Size, StringComparison.Ordinal),
            [.. kernels.Select(kernel => Of.On(kernel).Examine(facts))]);
}
