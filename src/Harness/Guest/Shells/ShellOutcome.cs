using Faultline.Harness.Results;

namespace Faultline.Harness.Guest.Shells;

/// <summary>How a shell in a guest ended.</summary>
/// <param name="Code">The shell's exit status, 128+n for signal n; null when the guest ended before the shell.</param>
/// <param name="Booted">Whether the guest came as far as the shell.</param>
/// <param name="Ending">What became of the machine.</param>
/// <param name="Detail">More about that, for people; null when there is no more.</param>
/// <param name="Log">What stands in the kernel log.</param>
internal sealed record ShellOutcome(int? Code, bool Booted, GuestEnding Ending, string? Detail, KernelLog Log);
