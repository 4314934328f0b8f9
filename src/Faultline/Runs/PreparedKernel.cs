using Faultline.Harness.Guest;
using Faultline.Harness.Kernels;
using Faultline.Harness.Programs;
using Faultline.Harness.Progress;

namespace Faultline.Cli.Runs;

/// <summary>A kernel with the suite that belongs to it, or how far it came.</summary>
internal sealed record PreparedKernel(PlannedKernel Planned)
{
    /// <summary>null for this machine's, and for one that could not be built.</summary>
    public BuiltKernel? Kernel { get; init; }

    /// <summary>What is booted; null for this machine's, which runs already.</summary>
    public string? BzImage => Planned.Prebuilt?.Image ?? Kernel?.BzImage;

    /// <summary>null as <see cref="Kernel"/>, and for a kernel whose header could not be read.</summary>
    public KernelAbi? Abi { get; init; }

    /// <summary>null when there is nothing to run.</summary>
    public PublishedPayload? Payload { get; init; }

    /// <summary>What runs on it, and after it on the control.</summary>
    public ProgramSet Programs { get; init; } = ProgramSet.None;

    /// <summary>Why there is nothing to run.</summary>
    public Exception? Failure { get; init; }

    /// <summary>The phases of building; those of testing are with the cells.</summary>
    public IReadOnlyList<PhaseFinished> Phases { get; init; } = [];
}
