using Faultline.Harness.Guest;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>What came of a wrong version.</summary>
/// <param name="Run">Null when it could not be run.</param>
/// <param name="Failure">Why not.</param>
internal sealed record MutantResult(Mutant Mutant, SuiteResult? Run, Exception? Failure);
