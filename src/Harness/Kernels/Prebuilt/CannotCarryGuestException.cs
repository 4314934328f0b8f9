using Faultline.Harness.Judging;

namespace Faultline.Harness.Kernels.Prebuilt;

/// <summary>A kernel's configuration cannot carry a guest (exit code 5).</summary>
internal sealed class CannotCarryGuestException(string file, string release, IReadOnlyList<string> missing) : FaultlineException(
    VerdictKind.KconfigDropped,
    $"--kernel {file}: {release} cannot carry a guest, for its configuration lacks what one needs:\n"
    + string.Join('\n', missing.Select(line => $"  {line}")))
{
    /// <summary>A line for each option.</summary>
    public IReadOnlyList<string> Missing { get; } = missing;
}
