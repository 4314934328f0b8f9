using Faultline.Harness.Guest;
using Faultline.Harness.Identity;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Pipeline;

/// <summary>What is known of one kernel so far.</summary>
internal sealed class KernelOutcome(Variant variant)
{
    public Variant Variant { get; } = variant;

    /// <summary>Which kernel it is; null for the machine's own.</summary>
    public KernelId? Id { get; init; }

    public BuiltKernel? Kernel { get; set; }

    public KernelAbi? Abi { get; set; }

    public PublishedPayload? Payload { get; set; }

    /// <summary>Why there is no kernel to boot, or no run of its suite.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The kernel's own suite.</summary>
    public SuiteResult? Own { get; set; }

    /// <summary>On the control: the suites of the variants.</summary>
    public List<ControlOutcome> Controls { get; } = [];

    /// <summary>Of building; those of testing are with the suites.</summary>
    public List<PhaseFinished> Phases { get; } = [];

    public bool Ready => Payload is not null;
}

/// <summary>A variant's suite on the control.</summary>
/// <param name="Variant">Whose suite.</param>
/// <param name="Run">What came of it; null when it could not be run.</param>
/// <param name="Failure">Why not.</param>
internal sealed record ControlOutcome(Variant Variant, SuiteResult? Run, Exception? Failure);
