using Faultline.Harness;
using Faultline.Harness.Judging;

namespace Faultline.Cli.Watching;

/// <summary>Folders cannot be watched on this machine.</summary>
internal sealed class WatchException(string message) : FaultlineException(VerdictKind.Infrastructure, message);
