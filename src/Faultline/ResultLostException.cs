using Faultline.Harness;
using Faultline.Harness.Judging;

namespace Faultline.Cli;

/// <summary>A result did not reach its file: a full disk, a device that takes nothing.</summary>
internal sealed class ResultLostException(string path, IOException cause)
    : FaultlineException(VerdictKind.Infrastructure, $"{path} cannot be written: {cause.Message}", cause);
