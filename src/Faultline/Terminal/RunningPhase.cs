using System.Diagnostics;
using Faultline.Harness.Progress;

namespace Faultline.Cli.Terminal;

/// <summary>A phase that has not ended.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Phase">The step.</param>
/// <param name="Started">Time stamp of its start.</param>
internal sealed record RunningPhase(string Kernel, Phase Phase, long Started)
{
    /// <summary>Which kernel among all; null where no kernel is at work.</summary>
    public string? Id { get; init; }

    /// <summary>Which run of a suite; null while none runs.</summary>
    public string? Cell { get; init; }

    /// <summary>The phase's last line of output; empty before the first.</summary>
    public string LastLine { get; init; } = "";

    /// <summary>Tests that have reported.</summary>
    public int Done { get; init; }

    /// <summary>Tests that are to report; 0 for a phase without tests.</summary>
    public int Planned { get; init; }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(Started);
}
