using System.Collections.Immutable;

namespace Faultline.Harness.Judging;

/// <summary>Verdict on a negative control: a variant's suite run on the kernel without its series.</summary>
internal sealed record ControlVerdict(Verdict Verdict, ImmutableArray<ExpectedFailure> ExpectedFailures, ImmutableArray<string> Unexpected);
