using Faultline.Harness.Guest;
using Faultline.Harness.Judging;

namespace Faultline.Harness.Report;

/// <summary>Suites and verdicts as parts of a report.</summary>
internal static class SuiteReports
{
    /// <summary>Fills in what a suite's run knows of its kernel, but for the verdict; name, title and the like are the caller's.</summary>
    public static KernelReport With(this KernelReport kernel, SuiteResult suite)
    {
        var tests = TestReport.Of(suite.Record);
        return kernel with
        {
            Release = suite.Record.Boot?.Release ?? kernel.Release,
            Notes = kernel.Notes.AddRange(suite.Notes),
            Host = suite.Host,
            Guests = suite.Guests,
            Accelerator = suite.Accelerator,
            Phases = kernel.Phases.AddRange(suite.Phases),
            Tests = TestReport.Totals(tests),
            Results = tests,
        };
    }

    /// <summary>Fills in what was judged.</summary>
    public static KernelReport With(this KernelReport kernel, Verdict verdict) => kernel with
    {
        Verdict = verdict.Kind,
        Summary = verdict.Summary,
        Reasons = verdict.Reasons,
        InFlight = verdict.InFlight,
        Excerpt = verdict.Excerpt,
    };

    /// <summary>The entry in the control kernel's <c>controls[]</c>.</summary>
    /// <exception cref="InvalidOperationException">This was not a control run.</exception>
    public static ControlReport Control(SuiteResult suite)
    {
        var control = suite.Control ?? throw new InvalidOperationException($"{suite.Request.Run} is not a control run.");
        return new ControlReport
        {
            Variant = suite.Request.Expectation.Failing!,
            Verdict = control.Verdict.Kind,
            Summary = control.Verdict.Summary,
            ExpectedFailures = control.ExpectedFailures,
            Unexpected = control.Unexpected,
            Excerpt = control.Verdict.Excerpt,
            Notes = suite.Notes,
            Guests = suite.Guests,
            Tests = TestReport.Totals(TestReport.Of(suite.Record)),
            Seconds = suite.Phases.Sum(phase => phase.Seconds),
            Cached = suite.Cached,
        };
    }
}
