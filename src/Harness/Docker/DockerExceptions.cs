using Faultline.Harness.Judging;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Docker;

/// <summary>No container engine answered. The message lists what was tried and what to do.</summary>
internal sealed class EngineUnavailableException(string message, IReadOnlyList<EndpointAttempt> attempts, Exception? inner = null)
    : FaultlineException(VerdictKind.Infrastructure, message, inner)
{
    /// <summary>Each endpoint that was tried, in order, with what came of it.</summary>
    public IReadOnlyList<EndpointAttempt> Attempts { get; } = attempts;
}

/// <summary>An image could not be made. <see cref="Tail"/> holds the last lines of the engine's output.</summary>
internal sealed class ImageBuildException(string message, string image, IReadOnlyList<string> tail, Exception? inner = null)
    : FaultlineException(VerdictKind.Infrastructure, message, inner)
{
    public string Image { get; } = image;

    public IReadOnlyList<string> Tail { get; } = tail;
}

/// <summary>A container ended with another exit code than 0, or could not be started at all.</summary>
internal sealed class ContainerFailedException(
    string message, Phase phase, string container, int? exitCode, IReadOnlyList<string> tail, Exception? inner = null)
    : FaultlineException(VerdictKind.Infrastructure, message, inner)
{
    public Phase Phase { get; } = phase;

    /// <summary>The container's name; it is removed by the time this is thrown.</summary>
    public string Container { get; } = container;

    /// <summary>Null when the container never started.</summary>
    public int? ExitCode { get; } = exitCode;

    /// <summary>The last lines of both streams, oldest first.</summary>
    public IReadOnlyList<string> Tail { get; } = tail;

    /// <summary>The engine stopped answering: what the program had printed until then explains nothing.</summary>
    public bool IsEngineLost { get; init; }

    public override string UserText => IsEngineLost ? Message : WithTail(Tail);
}

/// <summary>A container ran longer than its specification allows; it was killed and removed.</summary>
internal sealed class ContainerDeadlineException(string container, Phase phase, TimeSpan deadline, IReadOnlyList<string> tail)
    : FaultlineException(
        VerdictKind.Infrastructure, $"{phase}: container {container} passed its deadline of {deadline.TotalSeconds:0} s and was killed.")
{
    public string Container { get; } = container;

    public Phase Phase { get; } = phase;

    public TimeSpan Deadline { get; } = deadline;

    public IReadOnlyList<string> Tail { get; } = tail;

    public override string UserText => WithTail(Tail);
}
