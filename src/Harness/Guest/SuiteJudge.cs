using System.Collections.Immutable;
using Faultline.Harness.Judging;
using Faultline.Harness.Programs;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>Has a run judged as what it is: a kernel against its profile, a control, or a wrong version.</summary>
internal static class SuiteJudge
{
    public static SuiteResult Judge(
        SuiteRequest request, RunEvidence evidence, Accelerator accelerator,
        ImmutableArray<PhaseSummary> phases, RunLogs logs, bool cached)
    {
        evidence = evidence with { Record = ProgramTests.AddTo(evidence.Record, request.Programs, request.Filters) };
        var control = request.Expectation.Failing is null ? null : ControlRules.Judge(evidence, request.Expectation.MayPromiseNothing);
        var mutant = request.Expectation.Mutant is null ? null : MutantRules.Judge(evidence, request.Expectation.Killers);
        var verdict = control?.Verdict ?? mutant?.Verdict ?? VerdictRules.Judge(evidence);
        return new SuiteResult(request, evidence.Record, verdict, control, accelerator, phases, logs, cached)
        {
            Mutant = mutant,
            Guests = request.BzImage is null ? [] : GuestSummary.Of(evidence),
            Notes = [.. RunNotes.Of(evidence), .. request.Rounds.Note is { } note ? (string[])[note] : []],
            Host = evidence.Host,
        };
    }
}
