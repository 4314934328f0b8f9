using System.Collections.Immutable;

namespace Faultline.Harness.Results;

/// <summary>How a guest came to its end, as seen from outside.</summary>
internal enum GuestEnding
{
    /// <summary>The machine was switched off from inside.</summary>
    Stopped,

    /// <summary>The machine reset itself: a triple fault, a panic, or a kernel that restarts.</summary>
    Reset,

    /// <summary>A deadline passed; the machine was stopped from inside or outside.</summary>
    Deadline,

    /// <summary>QEMU or its container was killed by somebody else.</summary>
    Killed,

    /// <summary>QEMU or its container failed.</summary>
    Broken,
}

/// <summary>Everything a verdict is made from.</summary>
/// <param name="Detail">
/// What QEMU or the container wrote when <paramref name="Ending"/> is <see cref="GuestEnding.Broken"/>, who killed it when it is
/// <see cref="GuestEnding.Killed"/>, the registers when it is <see cref="GuestEnding.Reset"/> or <see cref="GuestEnding.Deadline"/>.
/// </param>
internal sealed record RunEvidence(RunRecord Record, KernelLog Log, GuestEnding Ending, string? Detail = null)
{
    /// <summary>The deadline that passed, in seconds, when the guest was ended from outside.</summary>
    public double? Limit { get; init; }

    /// <summary>How long the suite had said nothing when the guest was ended for it, in seconds; null when it was not.</summary>
    public double? Silence { get; init; }

    /// <summary>How busy the machine was; null when nobody looked.</summary>
    public HostLoad? Host { get; init; }

    /// <summary>The emulator's own crash that ended this guest, in words; null when none did.</summary>
    public string? Crash { get; init; }

    /// <summary>The emulator's crash for which this guest was booted once more; null when this is the first attempt.</summary>
    public string? EarlierCrash { get; init; }

    /// <summary>Booted, or begun with a snapshot.</summary>
    public GuestStart Start { get; init; }

    /// <summary>Why the guest was booted although a snapshot was there, in words; null where none failed.</summary>
    public string? ResumeFailure { get; init; }

    /// <summary>The guests of a run that went on behind tests which ended one, in order; empty where one guest did all.</summary>
    public ImmutableArray<RunEvidence> Guests { get; init; } = [];

    /// <summary>Why a run did not go on behind its last guest although tests are left, in words; null where none are.</summary>
    public string? GivenUp { get; init; }

    /// <summary>Whether it is a process on this machine's own kernel, and no guest.</summary>
    public bool OnHost { get; init; }

    /// <summary>The word for what runs a suite: a guest, or a process of this machine.</summary>
    public string Runs => OnHost ? "process" : "guest";

    /// <summary>The word for several of them.</summary>
    public string RunsPlural => OnHost ? "processes" : "guests";

    /// <summary>What the guest's image has to be, in words; null when nothing was booted.</summary>
    public string? Image { get; init; }
}

/// <summary>What the machine of the engine had left for a guest.</summary>
/// <param name="Seconds">How long the guest ran, by the clock on the wall.</param>
/// <param name="Waited">For how many of these it was kept waiting for a processor.</param>
/// <param name="Load">Load average of the last minute at the end.</param>
/// <param name="Processors">Processors of that machine.</param>
internal sealed record HostLoad(double Seconds, double Waited, double Load, int Processors)
{
    /// <summary>The share of time a guest may wait for a processor before the report mentions it.</summary>
    private const double BusyShare = 0.2;

    /// <summary>The guest waited so long that times measured in it mean little.</summary>
    public bool IsBusy => Seconds > 0 && Waited / Seconds >= BusyShare;
}
