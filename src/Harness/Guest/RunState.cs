using Faultline.Harness.Inputs;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>
/// What is kept of a run in addition to its logs. The evidence itself is the logs: a cached run is judged again, so a
/// change of the rules needs no new boot.
/// </summary>
internal sealed record RunState
{
    public required Stamp Inputs { get; init; }

    public required GuestEnding Ending { get; init; }

    public string? Detail { get; init; }

    /// <summary>How busy the machine was; null when nobody looked.</summary>
    public HostLoad? Host { get; init; }

    public string? EarlierCrash { get; init; }

    /// <summary>How the guest began.</summary>
    public GuestStart Start { get; init; }

    public string? ResumeFailure { get; init; }

    /// <summary>Bytes of the kernel log that were not kept.</summary>
    public long LeftOut { get; init; }

    public required Accelerator Accelerator { get; init; }

    public required PhaseSummary[] Phases { get; init; }

    public double? FirstTestSeconds { get; init; }

    /// <summary>The file that keeps the result of a run. It exists only while the logs next to it are whole.</summary>
    public static StateFile<RunState> In(string folder) => new(Path.Combine(folder, "state.json"), RunStateContext.Default.RunState);
}
