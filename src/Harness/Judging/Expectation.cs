namespace Faultline.Harness.Judging;

/// <summary>What a suite's run on a kernel has to show.</summary>
internal sealed record Expectation
{
    private Expectation(string? failing) => Failing = failing;

    /// <summary>The kernel does what its profile says.</summary>
    public static Expectation Conforms { get; } = new((string?)null);

    /// <summary>Whose promises must fail, each in the way that the profile has written down; null when nothing must.</summary>
    public string? Failing { get; }

    /// <summary>The negative control: a kernel without a variant's patches is asked for that variant's promises.</summary>
    /// <param name="variant">Its name.</param>
    public static Expectation MustFail(string variant) => new(variant);
}
