using Faultline.Harness.Judging;

namespace Faultline.Harness.Programs;

/// <summary>A suite of programs cannot be run as asked.</summary>
/// <param name="kind">null where what was asked for cannot be; <see cref="VerdictKind.Infrastructure"/> where it does not build.</param>
internal sealed class SuiteException(VerdictKind? kind, string message) : FaultlineException(kind, message);
