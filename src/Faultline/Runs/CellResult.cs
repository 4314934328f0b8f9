using Faultline.Harness.Guest;

namespace Faultline.Cli.Runs;

/// <summary>What came of a cell.</summary>
/// <param name="Run">null when it could not be run.</param>
/// <param name="Failure">Why not.</param>
internal sealed record CellResult(Cell Cell, SuiteResult? Run, Exception? Failure);
