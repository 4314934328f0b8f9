using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Faultline.Harness.Results;

/// <summary>What kind of complaint the kernel wrote to its log.</summary>
internal enum SplatKind
{
    Panic,
    Oops,
    Bug,
    Warning,
    Lockdep,
    RcuStall,
    SoftLockup,
    HardLockup,
    HungTask,
    Sanitizer,
    BadPageTable,
    PageTableCheck,
}

/// <summary>One complaint of the kernel: a panic, an oops, a WARN and their relatives.</summary>
/// <param name="Title">The line that names it, without its timestamp.</param>
/// <param name="Excerpt">The log from what leads up to that line to the end of its trace, a line each.</param>
/// <param name="Line">1-based line in the log.</param>
/// <param name="Uptime">Seconds since the kernel started; null without printk timestamps.</param>
internal sealed record Splat(SplatKind Kind, string Title, string Excerpt, int Line, double? Uptime)
{
    /// <summary>A panic of the kind that the NMI causes by which the runner ends a dead guest.</summary>
    public bool IsFromNmi => Kind == SplatKind.Panic && Title.Contains("NMI", StringComparison.Ordinal);
}

/// <summary>What a kernel log holds that a verdict needs.</summary>
internal sealed record KernelLog
{
    public static readonly KernelLog Empty = new();

    /// <summary>
    /// The splats in the order the kernel wrote them. An oops that ends in a panic is two, the cause first.
    /// </summary>
    public ImmutableArray<Splat> Splats { get; init; } = [];

    /// <summary>What the kernel itself wrote, asked by sysrq, about tasks that do not move; null when nothing was dumped.</summary>
    public string? BlockedTasks { get; init; }

    /// <summary>Messages that the kernel says it dropped before they reached the console.</summary>
    public long Dropped { get; init; }

    /// <summary>Messages that the kernel says it did not write because there were too many of their kind.</summary>
    public long Suppressed { get; init; }

    /// <summary>Bytes in the middle of a very long log that the harness did not keep.</summary>
    public long LeftOut { get; init; }

    /// <summary>The stamps of all lines, seconds since the kernel started.</summary>
    public IReadOnlySet<double> Stamps { get; init; } = FrozenSet<double>.Empty;

    /// <summary>The kernel wrote at least its banner: QEMU worked and the image is a kernel.</summary>
    public bool Started { get; init; }

    /// <summary>The last lines, for messages about a guest that said nothing else.</summary>
    public string Tail { get; init; } = "";
}
