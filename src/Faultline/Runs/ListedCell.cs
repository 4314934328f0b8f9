using System.Collections.Immutable;
using Faultline.Harness.Results;

namespace Faultline.Cli.Runs;

/// <summary>A cell of a plan, and the tests that it would run.</summary>
internal sealed record ListedCell(Cell Cell, ImmutableArray<PlannedTest> Tests)
{
    /// <summary><c>wp-zeropage</c>, or <c>base, asked for wp-zeropage</c> on the control.</summary>
    public string Name => Cell.Expectation.Failing is { } asked ? $"{Cell.On.Name}, asked for {asked}" : Cell.On.Name;
}
