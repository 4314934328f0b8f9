using System.Collections.Immutable;
using Faultline.Harness.Report;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>One suite on one kernel.</summary>
public sealed record SuiteRequest
{
    /// <summary>The kernel's name in every result.</summary>
    public required string Kernel { get; init; }

    /// <summary>On the control: whose suite this is. Null: the kernel is held against its own profile.</summary>
    public string? ControlOf { get; init; }

    /// <summary>The bootable image; null runs the suite on this machine's own kernel.</summary>
    public string? BzImage { get; init; }

    /// <summary>The published suite: <see cref="PublishedPayload.Folder"/>.</summary>
    public required string Payload { get; init; }

    /// <summary>Content of <c>profile.json</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>The user's filter queries, handed on as they are.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    public AcceleratorChoice Accelerator { get; init; } = AcceleratorChoice.Auto;

    public Deadlines Deadlines { get; init; } = new();

    /// <summary>What the suite gets beyond its own deadline before it is killed from outside, on this machine's own kernel.</summary>
    public TimeSpan KillMargin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Run although an earlier run of the same inputs is known.</summary>
    public bool Fresh { get; init; }

    /// <summary>Tells a control run from the kernel's own in the reasons of its phases.</summary>
    internal string Prefix => ControlOf is null ? "" : $"asked for {ControlOf}: ";

    /// <summary>Names the run's files: <c>wp-zeropage</c>, <c>base.control-wp-zeropage</c>.</summary>
    public string Run => ControlOf is null ? Kernel : $"{Kernel}.control-{ControlOf}";
}

/// <summary>A suite's run with its judgement.</summary>
/// <param name="Verdict">For a control: of the control.</param>
/// <param name="Control">Null unless <see cref="SuiteRequest.ControlOf"/> is set.</param>
/// <param name="Phases">Boot and test.</param>
/// <param name="Logs">For <see cref="ReportWriter"/>.</param>
public sealed record SuiteResult(
    SuiteRequest Request, RunRecord Record, Verdict Verdict, ControlVerdict? Control, AcceleratorReport Accelerator, ImmutableArray<PhaseReport> Phases,
    RunLogs Logs, bool Cached)
{
    /// <summary>From power-on to the first test, in seconds; null when none started.</summary>
    public double? FirstTestSeconds { get; init; }

    /// <summary>What a reader should know of the run although it decides nothing.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>How busy the machine was; null when nobody looked.</summary>
    public HostLoad? Host { get; init; }

    /// <summary>Fills in what a run knows of its kernel; name, title and the like are the caller's.</summary>
    public KernelReport AddTo(KernelReport kernel)
    {
        var tests = TestReport.Of(Record);
        return kernel with
        {
            Release = Record.Boot?.Release ?? kernel.Release,
            Verdict = Verdict.Kind.Name(),
            Summary = Verdict.Summary,
            Reasons = Verdict.Reasons,
            InFlight = Verdict.InFlight,
            Excerpt = Verdict.Excerpt,
            Notes = kernel.Notes.AddRange(Notes),
            Host = Host,
            Accelerator = Accelerator,
            Phases = kernel.Phases.AddRange(Phases),
            Tests = TestReport.Totals(tests),
            Results = tests,
        };
    }

    /// <summary>The entry in the control kernel's <c>controls[]</c>.</summary>
    /// <exception cref="InvalidOperationException">This was no control run.</exception>
    public ControlReport ToControl()
    {
        var control = Control ?? throw new InvalidOperationException($"{Request.Run} is no control run.");
        return new ControlReport
        {
            Variant = Request.ControlOf!,
            Verdict = control.Verdict.Kind.Name(),
            Summary = control.Verdict.Summary,
            ExpectedFailures = control.ExpectedFailures,
            Unexpected = control.Unexpected,
            Excerpt = control.Verdict.Excerpt,
            Notes = Notes,
            Tests = TestReport.Totals(TestReport.Of(Record)),
            Seconds = Phases.Sum(phase => phase.Seconds),
            Cached = Cached,
        };
    }
}
