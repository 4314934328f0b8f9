namespace Faultline.Harness.Progress;

/// <summary>The steps a kernel goes through, in the order in which they run.</summary>
internal enum Phase
{
    Image,
    Source,
    Apply,
    Configure,
    Build,

    /// <summary>The build's results are taken out of its volume.</summary>
    Extract,

    /// <summary>The installed uapi header becomes the kernel's ABI model.</summary>
    Model,

    /// <summary>A check of a series; no part of a run.</summary>
    Check,

    Payload,
    Boot,
    Test,
    Report,

    /// <summary>One repetition of a benchmark; no part of a run.</summary>
    Measure,
}

/// <summary>How a phase ended.</summary>
internal enum PhaseOutcome
{
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>
/// One thing that happened. The terminal, the JSON output and the report are readers of one stream of these; they are raised
/// on whatever thread did the work, in order for each kernel.
/// </summary>
/// <param name="Kernel">The kernel's name in every result (<c>base</c>, <c>wp-zeropage</c>, …).</param>
/// <param name="Phase">The step that it belongs to.</param>
internal abstract record HarnessEvent(string Kernel, Phase Phase)
{
    /// <summary>
    /// Which kernel it is among all that there are: of one variant there is a plain kernel, one with <c>--config</c>, one of a
    /// user's tree. Null where no kernel is at work.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>
    /// Which run of a suite it is among all: <c>wp-zeropage</c>, <c>base.control-wp-zeropage</c>. Null while no suite runs.
    /// </summary>
    public string? Cell { get; init; }
}

/// <summary>A phase began. Each is followed by exactly one <see cref="PhaseFinished"/>.</summary>
internal sealed record PhaseStarted(string Kernel, Phase Phase) : HarnessEvent(Kernel, Phase);

/// <summary>A line of what the phase's program printed, without its line end.</summary>
internal sealed record PhaseOutput(string Kernel, Phase Phase, string Line) : HarnessEvent(Kernel, Phase);

/// <summary>A phase ended.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Phase">The step.</param>
/// <param name="Seconds">Wall clock, in seconds.</param>
/// <param name="Cached">Nothing was done: the result of an earlier run stands.</param>
/// <param name="Reason">Why it ran, or why it did not have to: <c>unchanged: series, config</c>, <c>series changed</c>.</param>
/// <param name="LogPath">The whole output of the phase, or null when it has none.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record PhaseFinished(
    string Kernel, Phase Phase, double Seconds, bool Cached, string Reason, string? LogPath, PhaseOutcome Outcome)
    : HarnessEvent(Kernel, Phase);
