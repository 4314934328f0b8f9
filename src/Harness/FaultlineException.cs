using Faultline.Harness.Judging;

namespace Faultline.Harness;

/// <summary>Something that a user can act on, in words for the user. Any other exception is a defect of Faultline.</summary>
/// <param name="kind">
/// What it means for a kernel that it happens to; null when what was asked for cannot be, so that nothing is judged.
/// </param>
/// <param name="message">What happened, and what to do.</param>
/// <param name="inner">What it was found by.</param>
internal abstract class FaultlineException(VerdictKind? kind, string message, Exception? inner = null) : Exception(message, inner)
{
    private const int TailLines = 20;

    /// <summary>The verdict it stands for; null for a request that cannot be met (exit code 2).</summary>
    public VerdictKind? Kind { get; } = kind;

    /// <summary>What a person is told: the message, and where that helps the last lines of what failed.</summary>
    public virtual string UserText => Message;

    /// <summary>The message and below it, indented, the end of what a program printed.</summary>
    protected string WithTail(IReadOnlyList<string> tail) =>
        tail.Count == 0 ? Message : $"{Message}\n{string.Join('\n', tail.TakeLast(TailLines).Select(line => "  " + line))}";
}
