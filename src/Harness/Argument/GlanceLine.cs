using System.Collections.Immutable;

namespace Faultline.Harness.Argument;

/// <summary>One line of the table that shows all kernels at a glance.</summary>
/// <param name="Says">What was looked at.</param>
/// <param name="Cells">What was found, a cell for each kernel of the report; one that is not met was not seen.</param>
internal sealed record GlanceLine(string Says, ImmutableArray<Evidence> Cells);
