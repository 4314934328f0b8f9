using System.Collections.Immutable;

namespace Faultline.Harness.Results;

/// <summary>A program that a guest was to run after the suite, with all that is known of it; nothing of it is judged.</summary>
/// <param name="Id">Unique among the programs of a run: <c>selftests/mm/uffd-unit-tests</c>.</param>
internal sealed record ProgramRun(string Id)
{
    /// <summary>Seconds since the kernel started; null when it never began.</summary>
    public double? Began { get; init; }

    /// <summary>What it printed, in order.</summary>
    public ImmutableArray<PrintedLine> Lines { get; init; } = [];

    /// <summary>null when nobody saw its end: the guest ended first.</summary>
    public ProgramEnd? End { get; init; }
}
