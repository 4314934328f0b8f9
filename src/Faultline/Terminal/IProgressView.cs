using Faultline.Harness.Progress;

namespace Faultline.Cli.Terminal;

/// <summary>A way to show progress to people.</summary>
internal interface IProgressView
{
    /// <summary>Time between two calls of <see cref="Tick"/>.</summary>
    TimeSpan Interval { get; }

    /// <param name="phase">The phase that ended.</param>
    /// <param name="running">Those that go on.</param>
    void Finished(PhaseFinished phase, IReadOnlyList<RunningPhase> running);

    /// <summary>Shows what runs now.</summary>
    void Tick(IReadOnlyList<RunningPhase> running);

    /// <summary>Nothing runs any more, or another view takes over.</summary>
    void End();
}
