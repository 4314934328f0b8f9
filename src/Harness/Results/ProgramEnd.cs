namespace Faultline.Harness.Results;

/// <summary>How a program that the guest started came to its end.</summary>
/// <param name="Status">Its exit status; 128+n for signal n.</param>
/// <param name="Seconds">How long it ran, without the time that a busy machine kept the guest waiting.</param>
/// <param name="T">Seconds since the kernel started.</param>
internal sealed record ProgramEnd(int Status, double Seconds, double T)
{
    /// <summary>The time limit that it passed, in seconds, for which it was killed; null when it ended by itself.</summary>
    public double? Limit { get; init; }

    /// <summary>Not even SIGKILL ended it: the kernel does not let go of it.</summary>
    public bool IsAlive { get; init; }

    /// <summary>Bytes that it printed beyond what is kept.</summary>
    public long Lost { get; init; }
}
