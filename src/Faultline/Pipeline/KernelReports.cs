using System.Collections.Immutable;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;
using Faultline.Harness.Results;

namespace Faultline.Cli.Pipeline;

/// <summary>Turns what happened to a kernel into its part of the report.</summary>
internal static class KernelReports
{
    public static KernelReport Of(KernelOutcome outcome)
    {
        var variant = outcome.Variant;
        var verdict = VerdictOf(outcome);
        var tests = outcome.Own is { } own ? TestReport.Of(own.Evidence.Record) : [];
        return new KernelReport
        {
            Name = variant.Name,
            Title = variant.Title,
            Role = variant.Role.ToString().ToLowerInvariant(),
            Release = outcome.Own?.Evidence.Record.Boot?.Release ?? outcome.Kernel?.Release,
            Feature = variant.Feature,
            FeatureBit = variant.FeatureBit,
            Verdict = verdict.Kind.Name(),
            Summary = verdict.Summary,
            Reasons = verdict.Reasons,
            InFlight = verdict.InFlight,
            Excerpt = verdict.Excerpt,
            Accelerator = outcome.Own is { } run ? AcceleratorOf(run) : null,
            Phases = [.. outcome.Phases.Where(phase => phase.Outcome == PhaseOutcome.Succeeded || !outcome.Ready).Select(PhaseReport.Of)],
            Tests = outcome.Own is null ? null : TestReport.Totals(tests),
            Results = tests,
            Controls = [.. outcome.Controls.Select(control => ControlOf(control.Variant.Name, control.Run))],
        };
    }

    public static IEnumerable<RunLogs> LogsOf(KernelOutcome outcome)
    {
        if (outcome.Own is { } own)
            yield return new RunLogs(outcome.Variant.Name, own.Logs.ToImmutableDictionary());
        foreach (var (variant, run) in outcome.Controls)
            yield return new RunLogs($"{outcome.Variant.Name}.control-{variant.Name}", run.Logs.ToImmutableDictionary());
    }

    private static Verdict VerdictOf(KernelOutcome outcome)
    {
        if (outcome.Failure is { } failure)
        {
            var lines = failure.Message.Split('\n');
            return new Verdict(Failures.KindOf(failure)!.Value, lines[0])
            {
                Reasons = [.. lines.Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0)],
                Excerpt = failure.Message,
            };
        }

        var verdict = VerdictRules.Judge(outcome.Own!.Evidence);
        return verdict.IsPass && outcome.Abi?.Stale is { } stale
            ? new Verdict(VerdictKind.AbiDrift, $"{verdict.Summary}, but the committed ABI model is stale") { Reasons = [stale] }
            : verdict;
    }

    private static AcceleratorReport AcceleratorOf(SuiteRun run) => new(
        run.Accelerator.Requested.ToString().ToLowerInvariant(), run.Accelerator.Used, run.Accelerator.Reason, run.Evidence.Record.Boot?.Clocksource);

    private static ControlReport ControlOf(string variant, SuiteRun run)
    {
        var control = ControlRules.Judge(run.Evidence);
        return new ControlReport
        {
            Variant = variant,
            Verdict = control.Verdict.Kind.Name(),
            Summary = control.Verdict.Summary,
            ExpectedFailures = control.ExpectedFailures,
            Unexpected = control.Unexpected,
            Tests = TestReport.Totals(TestReport.Of(run.Evidence.Record)),
            Excerpt = control.Verdict.Excerpt,
            Seconds = Math.Round(run.Seconds, 3),
            Cached = run.Cached,
        };
    }
}
