using System.Collections.Immutable;

namespace Faultline.Harness.Programs;

/// <summary>What a program's output says of its tests.</summary>
/// <param name="Tests">In the order in which they ended.</param>
/// <param name="Problems">What keeps the output from being believed as a whole, a line each: a plan that was not kept, an abort.</param>
internal sealed record ParsedOutput(ImmutableArray<ParsedTest> Tests, ImmutableArray<string> Problems)
{
    /// <summary>Why the program left all of its tests out; null when it did not.</summary>
    public string? Skipped { get; init; }

    /// <summary>A program that tells of no tests: its exit status is all there is.</summary>
    public static ParsedOutput Nothing { get; } = new([], []);
}
