using System.Collections.Immutable;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>Rows of a run, by what becomes of them.</summary>
/// <param name="Changed">Observed to be another than expected: to be written down.</param>
/// <param name="LeftOut">Cannot be written down, each with the reason.</param>
/// <param name="Kept">Did what is expected already.</param>
internal sealed record RecordedRows(ImmutableArray<ObservedRow> Changed, ImmutableArray<string> LeftOut, ImmutableArray<string> Kept);
