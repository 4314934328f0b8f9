using Faultline.Harness.Guest;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Pipeline;

/// <summary>What is known of one kernel so far.</summary>
internal sealed class KernelOutcome(Variant variant)
{
    public Variant Variant { get; } = variant;

    public BuiltKernel? Kernel { get; set; }

    public KernelAbi? Abi { get; set; }

    public PublishedPayload? Payload { get; set; }

    /// <summary>Why there is no kernel to boot.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The kernel's own suite.</summary>
    public SuiteResult? Own { get; set; }

    /// <summary>On the control: the suites of the variants.</summary>
    public List<SuiteResult> Controls { get; } = [];

    /// <summary>Of building; those of testing are with the suites.</summary>
    public List<PhaseFinished> Phases { get; } = [];

    public bool Ready => Payload is not null;
}
