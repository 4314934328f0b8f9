using System.Collections.Immutable;

namespace Faultline.Harness.Judging;

/// <summary>What a suite's run on a kernel has to show.</summary>
internal sealed record Expectation
{
    private Expectation() { }

    /// <summary>The kernel does what its profile says.</summary>
    public static Expectation Conforms { get; } = new();

    /// <summary>Whose promises must fail, each in the way that the profile has written down; null when nothing must.</summary>
    public string? Failing { get; private init; }

    /// <summary>Whether there may be nothing that must fail: nobody has written down what the kernel promises.</summary>
    public bool MayPromiseNothing { get; private init; }

    /// <summary>The wrong version that runs; null for a kernel that is as it should be.</summary>
    public string? Mutant { get; private init; }

    /// <summary>The rows of which one must fail on it.</summary>
    public ImmutableArray<string> Killers { get; private init; } = [];

    /// <summary>The negative control: a kernel without a variant's patches is asked for that variant's promises.</summary>
    /// <param name="variant">Its name.</param>
    /// <param name="mayPromiseNothing">Whether nobody has written down what it promises.</param>
    public static Expectation MustFail(string variant, bool mayPromiseNothing = false) =>
        new() { Failing = variant, MayPromiseNothing = mayPromiseNothing };

    /// <summary>A wrong version of a variant: one of the rows that are for its mistake has to notice it.</summary>
    /// <param name="mutant">Its name.</param>
    /// <param name="killers">The rows.</param>
    public static Expectation MustBeKilled(string mutant, IEnumerable<string> killers) => new() { Mutant = mutant, Killers = [.. killers] };
}
