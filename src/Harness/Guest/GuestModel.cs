using Faultline.Harness.Judging;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>The guest that docs/guest-contract.md promises.</summary>
internal static class GuestDefaults
{
    public const int MemoryMiB = 2048;
    public const int Processors = 2;
}

/// <summary>One boot of one kernel with one payload.</summary>
internal sealed record GuestRequest
{
    /// <summary>The kernel's name in every result.</summary>
    public required string Kernel { get; init; }

    /// <summary>Distinguishes several runs of one kernel: <c>base</c>, <c>base.control-wp-zeropage</c>. Names the log files.</summary>
    public required string Run { get; init; }

    /// <summary>Path of the bootable image.</summary>
    public required string BzImage { get; init; }

    /// <summary>The modules to insert first, and their order; null for a kernel that has everything built in.</summary>
    public string? Modules { get; init; }

    /// <summary>The folder that becomes <c>/payload</c>: see <see cref="PayloadFolder"/>.</summary>
    public required string Payload { get; init; }

    public required Accelerator Accelerator { get; init; }

    public Deadlines Deadlines { get; init; } = new();

    /// <summary>Seconds without a word after which the suite is taken for one that hangs; null for a payload that may be silent.</summary>
    public int? Silence { get; init; }

    public int MemoryMiB { get; init; } = GuestDefaults.MemoryMiB;

    public int Processors { get; init; } = GuestDefaults.Processors;

    /// <summary>The suite that stands ready and waits for its orders; null for a payload that has its arguments with it.</summary>
    public StandingSuite? Standing { get; init; }

    /// <summary>Tests that have reported in earlier guests of the run, for the progress stream.</summary>
    public int Done { get; init; }

    /// <summary>Why this run is made, for the progress stream.</summary>
    public string Reason { get; init; } = "asked for";

    /// <summary>Added to the kernel's command line.</summary>
    public IReadOnlyList<string> KernelArguments { get; init; } = [];

    /// <summary>The folder for the logs of console, events and payload: <c>RUN.console.log</c> and so on.</summary>
    public required string LogFolder { get; init; }
}

/// <summary>What came of a run.</summary>
/// <param name="Evidence">What a verdict is made from.</param>
/// <param name="Logs"><c>console</c>, <c>events</c>, <c>payload</c> to a path.</param>
/// <param name="BootSeconds">From the start of the container to the guest's boot event; null when none came.</param>
/// <param name="FirstTestSeconds">From the start of the container to the first test; null when none started.</param>
/// <param name="Seconds">From the start of the container to its end.</param>
internal sealed record GuestRun(
    RunEvidence Evidence, IReadOnlyDictionary<string, string> Logs, double? BootSeconds, double? FirstTestSeconds, double Seconds);

/// <summary>A guest could not be run for a reason that lies outside of it.</summary>
internal sealed class GuestException(string message, Exception? inner = null)
    : FaultlineException(VerdictKind.Infrastructure, message, inner);
