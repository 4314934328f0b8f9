using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>A test of the suite came to its end.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Done">Tests that have reported, this one included.</param>
/// <param name="Planned">Tests of the plan.</param>
internal sealed record TestReported(string Kernel, TestResult Result, int Done, int Planned) : HarnessEvent(Kernel, Phase.Test);

/// <summary>Follows a run's events and tells the progress stream: the boot ends where the plan begins.</summary>
internal sealed class RunProgress : IDisposable
{
    private readonly IProgress<HarnessEvent> _progress;
    private readonly string _kernel;
    private readonly CancellationToken _cancellation;
    private readonly RunRecordBuilder _record = new();
    private PhaseScope _phase;
    private int _planned;
    private int _programs;
    private int _rounds = 1;
    private int _guest = 1;
    private int _done;

    /// <param name="progress">Told of the phases and of each test.</param>
    /// <param name="kernel">Its name.</param>
    /// <param name="reason">Why it is booted.</param>
    /// <param name="done">Tests that have reported in earlier guests of the run.</param>
    /// <param name="cancellation">Whether a phase that ends was cancelled.</param>
    public RunProgress(IProgress<HarnessEvent> progress, string kernel, string reason, int done, CancellationToken cancellation)
    {
        (_progress, _kernel, _done, _cancellation) = (progress, kernel, done, cancellation);
        _phase = new PhaseScope(progress, kernel, Phase.Boot, reason, cancellation: cancellation);
    }

    public double? BootSeconds { get; private set; }

    public double? FirstTestSeconds { get; private set; }

    /// <summary>Everything reported so far.</summary>
    public RunRecord Record => _record.ToRecord();

    public void Add(GuestEvent e, double seconds)
    {
        _record.Add(e);
        switch (e)
        {
            case BootEvent boot:
                BootSeconds ??= seconds;
                _phase.Output($"{boot.Release} is up after {seconds:0.0} s, clocksource {boot.Clocksource}");
                break;
            case HelloEvent hello:
                _guest = hello.Guest;
                break;
            case PlanEvent plan:
                _planned += plan.Tests.Length * plan.Rounds;
                _rounds = plan.Rounds;
                EndBoot();
                break;
            case ProgramsEvent programs:
                _programs += programs.Ids.Length;
                EndBoot();
                break;
            case ProgramEvent program:
                FirstTestSeconds ??= seconds;
                _phase.Output($"{program.Id} runs");
                break;
            case OutputEvent printed:
                _phase.Output($"  {printed.Text}");
                break;
            case StartEvent:
                FirstTestSeconds ??= seconds;
                break;
            case ResultEvent { Result: var result }:
                _done++;
                _progress.Report(new TestReported(_kernel, result with { Guest = _guest }, _done, _planned));
                if (result.Outcome == TestOutcome.Failed)
                    _phase.Output($"{result.Id}: {VerdictRules.Explain(result)}");
                break;
            case MeasureEvent measured:
                _phase.Output($"{measured.What}, {measured.Bytes / (1 << 20):0} MiB: {measured.Way}");
                break;
            case HangEvent hang:
                _phase.Output($"{hang.Id} passed its deadline of {hang.Deadline:0.#} s");
                break;
            case MalformedEvent bad:
                _phase.Output($"line {bad.Line} of the event stream: {bad.Reason}");
                break;
        }
    }

    /// <summary>Ends the running phase: the machinery worked, whatever the verdict will say of the kernel.</summary>
    public void Complete() => _phase.Succeed(reason: _phase.Phase != Phase.Test ? null
        : _programs > 0 ? $"{Many(_planned, "test")} and {Many(_programs, "program")} of other suites"
        : _rounds == 1 ? Many(_planned, "test")
        : _done == _planned ? $"{Many(_planned / _rounds, "test")}, {_rounds} rounds"
        : $"{Many(_done, "result")}; {_rounds} rounds of {Many(_planned / _rounds, "test")} were asked for");

    public void Dispose() => _phase.Dispose();

    private static string Many(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    /// <summary>Ends the boot phase at the first part of the plan; how many tests there are is known only with the last.</summary>
    private void EndBoot()
    {
        if (_phase.Phase == Phase.Test)
            return;
        _phase.Succeed();
        _phase.Dispose();
        _phase = new PhaseScope(_progress, _kernel, Phase.Test, "planned tests", cancellation: _cancellation);
    }
}
