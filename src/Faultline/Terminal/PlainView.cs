using Faultline.Harness.Progress;

namespace Faultline.Cli.Terminal;

/// <summary>Progress as plain lines: one for each finished phase, and a sign of life from a phase that takes long.</summary>
internal sealed class PlainView(TextConsole console) : IProgressView
{
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(20);

    public void Finished(PhaseFinished phase, IReadOnlyList<RunningPhase> running) => console.WriteLine(PhaseLine.Text(phase), PhaseLine.LabelWidth);

    public void Tick(IReadOnlyList<RunningPhase> running)
    {
        foreach (var phase in running.Where(phase => phase.Elapsed >= Interval))
        {
            var count = phase.Planned > 0 ? $"{phase.Done} of {phase.Planned}  " : "";
            console.WriteLine($"{PhaseLine.Label(phase.Kernel, phase.Phase)} … {phase.Elapsed.TotalSeconds,6:0} s  {count}{phase.LastLine}", PhaseLine.LabelWidth);
        }
    }

    public void End()
    {
    }
}
