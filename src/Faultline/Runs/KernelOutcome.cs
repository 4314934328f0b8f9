namespace Faultline.Cli.Runs;

/// <summary>What is known of one kernel in the end.</summary>
/// <param name="Own">The kernel with its own suite; null when it could not be prepared.</param>
/// <param name="Controls">On the control: the suites of the variants.</param>
internal sealed record KernelOutcome(PreparedKernel Prepared, CellResult? Own, IReadOnlyList<CellResult> Controls)
{
    public PlannedKernel Planned => Prepared.Planned;

    /// <summary>Why nothing could be booted, or its suite not be run.</summary>
    public Exception? Failure => Prepared.Failure ?? Own?.Failure;
}
