using Faultline.Harness.Docker;

namespace Faultline.Harness.Guest.Shells;

/// <summary>A shell in a guest.</summary>
internal sealed record ShellRequest
{
    /// <summary>The kernel's name in every message.</summary>
    public required string Kernel { get; init; }

    /// <summary>Path of the bootable image.</summary>
    public required string BzImage { get; init; }

    /// <summary>The folder that becomes <c>/payload</c>: see <see cref="PayloadFolder"/>.</summary>
    public required string Payload { get; init; }

    public required Accelerator Accelerator { get; init; }

    public Deadlines Deadlines { get; init; } = new();

    /// <summary>A folder that the guest gets as <c>/share</c>; null for none.</summary>
    public SharedFolder? Share { get; init; }

    /// <summary>Whether QEMU's stub for gdb is to be reached.</summary>
    public bool Gdb { get; init; }

    /// <summary>Whoever uses the shell.</summary>
    public required ShellUser User { get; init; }

    /// <summary>Where the kernel log goes.</summary>
    public required string Log { get; init; }

    /// <summary>Called when the guest's container runs.</summary>
    public Action<RunningContainer> Started { get; init; } = _ => { };
}
