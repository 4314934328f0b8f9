using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Faultline.Harness.Argument;
using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Guest;
using Faultline.Harness.Inputs;
using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Report;

/// <summary>A whole run: what <c>results.json</c> holds, and what every other report file is drawn from.</summary>
internal sealed record RunReport
{
    public const string SchemaName = "faultline-results/1";

    public string Schema { get; init; } = SchemaName;

    /// <summary>Exit code of the command; its meaning is in <c>docs/exit-codes.md</c>.</summary>
    public int ExitCode { get; init; }

    /// <summary>The verdict that speaks for the run, by <see cref="VerdictKinds.Precedence"/>.</summary>
    public required VerdictKind Verdict { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>Wall clock of the whole run.</summary>
    public double Seconds { get; init; }

    /// <summary>Command line, revision, tools and machine; null in a report that was not made by a command.</summary>
    public RunFacts? Run { get; init; }

    /// <summary>Earlier reports of the same kind as folders relative to this one, newest first.</summary>
    public ImmutableArray<string> Earlier { get; init; } = [];

    /// <summary>Which of them <see cref="Changes"/> compares this run with: the last one; null when there is none that can be read.</summary>
    public string? ComparedWith { get; init; }

    /// <summary>What is not as in the last run, as far as both asked the same.</summary>
    public ImmutableArray<RunChange> Changes { get; init; } = [];

    /// <summary>
    /// What the run says about the question that the variants are there to answer; null where it says nothing.
    /// </summary>
    public ArgumentReport? Argument { get; init; }

    /// <summary>The figures that the argument rests on, for tables and plots; their file is named in <see cref="Argument"/>.</summary>
    [JsonIgnore]
    public FeatureReport? Figures { get; init; }

    /// <summary>Control first, then as the command named them.</summary>
    public ImmutableArray<KernelReport> Kernels { get; init; } = [];

    /// <summary>Builds the report of a run; verdict and exit code follow from the kernels and their controls.</summary>
    public static RunReport Of(IEnumerable<KernelReport> kernels, DateTimeOffset started, double seconds)
    {
        var ordered = kernels.OrderBy(kernel => kernel.Role == VariantRole.Control ? 0 : 1).ToImmutableArray();
        var overall = VerdictKinds.Overall(ordered.SelectMany(kernel =>
            kernel.Controls.Select(control => control.Verdict).Prepend(kernel.Verdict)));
        return new RunReport
        {
            ExitCode = overall.ExitCode(), Verdict = overall, Started = started.ToUniversalTime(), Seconds = Math.Round(seconds, 3), Kernels = ordered,
        };
    }
}

/// <summary>One kernel of a run.</summary>
internal sealed record KernelReport
{
    /// <summary>The profile's name: <c>base</c>, <c>wp-zeropage</c>, …</summary>
    public required string Name { get; init; }

    /// <summary>Which kernel it is among all that this machine may hold; null in a report of an older Faultline.</summary>
    public string? Id { get; init; }

    /// <summary>The variant it is; also of the machine's own kernel, which is tested by the promises of one.</summary>
    public string? Variant { get; init; }

    /// <summary>
    /// The architecture that the kernel was built for, as <c>uname -m</c> says it; null for the machine's own kernel.
    /// </summary>
    public string? Architecture { get; init; }

    /// <summary>The fragments of <c>--config</c> by name; null for a kernel as its variant is.</summary>
    public string? Flavour { get; init; }

    public string Title { get; init; } = "";

    /// <summary>The kernel's role in the comparison.</summary>
    public VariantRole Role { get; init; } = VariantRole.Variant;

    /// <summary>Kernel release as the guest reported it; null when it never did.</summary>
    public string? Release { get; init; }

    /// <summary>
    /// What its observations rest on: kernel, suite and the feature that the suite asks for. Expectations are not among it, because
    /// they change nothing in what a scenario observes. Null where nothing was run.
    /// </summary>
    public Stamp? Inputs { get; init; }

    /// <summary>The source that the kernel was built from; null for the machine's own kernel.</summary>
    public SourceReport? Source { get; init; }

    /// <summary>The series in its order; empty for the control, and for a kernel that has the feature already.</summary>
    public ImmutableArray<PatchReport> Patches { get; init; } = [];

    /// <summary>The compiler, as the kernel's own configuration names it; null when the kernel was never built.</summary>
    public string? Compiler { get; init; }

    /// <summary>Feature macro; null for the control.</summary>
    public string? Feature { get; init; }

    public int? FeatureBit { get; init; }

    /// <summary>What the run proves about it.</summary>
    public required VerdictKind Verdict { get; init; }

    /// <summary>One line: why this verdict.</summary>
    public string Summary { get; init; } = "";

    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>Ids of the tests that were running when the kernel crashed or hung.</summary>
    public ImmutableArray<string> InFlight { get; init; } = [];

    /// <summary>Splat, blocked-task dump, compiler message or log tail.</summary>
    public string? Excerpt { get; init; }

    /// <summary>What a reader should know although it decides nothing: a hole in the kernel log, a busy machine.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>How busy the machine was while the guest ran; null when nobody looked.</summary>
    public HostLoad? Host { get; init; }

    /// <summary>The guests that ran its suite, in order: several where a test ended one; none on the machine's own kernel.</summary>
    public ImmutableArray<GuestSummary> Guests { get; init; } = [];

    public Accelerator? Accelerator { get; init; }

    public ImmutableArray<PhaseSummary> Phases { get; init; } = [];

    public TestTotals? Tests { get; init; }

    /// <summary>Every planned test, in plan order.</summary>
    public ImmutableArray<TestReport> Results { get; init; } = [];

    /// <summary>
    /// How many planned tests were never reported. <see cref="Tests"/> counts them as failed; after a crash most tests are such, and the few that
    /// failed by themselves must not drown in them.
    /// </summary>
    [JsonIgnore]
    public int WithoutResult => Results.Count(test => test.Outcome == TestOutcome.Missing);

    /// <summary>On the control: each variant's suite, run without its series.</summary>
    public ImmutableArray<ControlReport> Controls { get; init; } = [];

    /// <summary>What the series did to the uapi, one line each: <c>new-constant UFFD_FEATURE_WP_ZEROPAGE = 8192</c>.</summary>
    public ImmutableArray<string> Abi { get; init; } = [];

    /// <summary>What the header, the compiled code and the live kernel say of the ABI; empty when the kernel was never booted.</summary>
    public ImmutableArray<ThreeWayRow> ThreeWay { get; init; } = [];

    /// <summary>
    /// Report file to path below the report folder: <c>junit</c>, <c>ktap</c>, <c>console</c>, <c>events</c>, <c>payload</c>, and for each phase of
    /// making the kernel that ever printed something its name (<c>apply</c>, <c>build</c>, …).
    /// </summary>
    public ImmutableSortedDictionary<string, string> Paths { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>One line of the comparison of the three sources.</summary>
/// <param name="Group"><c>features</c>, <c>ioctls</c>, <c>ranges</c> or <c>records</c>.</param>
/// <param name="Item">What it is about.</param>
/// <param name="Header">What the uapi header says; a dash when it is silent, as for the others.</param>
/// <param name="Code">What the debug information of the compiled kernel says.</param>
/// <param name="Live">What the running kernel answers.</param>
/// <param name="Agrees">No two of them contradict each other.</param>
internal sealed record ThreeWayRow(string Group, string Item, string Header, string Code, string Live, bool Agrees);

/// <param name="Failed">Tests that failed, planned tests without a result included.</param>
internal sealed record TestTotals(int Total, int Passed, int Failed, int Skipped);

/// <summary>A variant's suite on the control.</summary>
internal sealed record ControlReport
{
    /// <summary>Whose promises were asked of the control.</summary>
    public required string Variant { get; init; }

    /// <summary>Whether the suite can tell the variant from the control.</summary>
    public required VerdictKind Verdict { get; init; }

    public string Summary { get; init; } = "";

    /// <summary>Promises the control breaks, as it must.</summary>
    public ImmutableArray<ExpectedFailure> ExpectedFailures { get; init; } = [];

    /// <summary>Everything that speaks against the control.</summary>
    public ImmutableArray<string> Unexpected { get; init; } = [];

    public TestTotals? Tests { get; init; }

    public string? Excerpt { get; init; }

    /// <inheritdoc cref="KernelReport.Notes"/>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <inheritdoc cref="KernelReport.Guests"/>
    public ImmutableArray<GuestSummary> Guests { get; init; } = [];

    public double Seconds { get; init; }

    public bool Cached { get; init; }

    public ImmutableSortedDictionary<string, string> Paths { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>One planned test and what came of it.</summary>
/// <param name="Outcome">What came of it.</param>
internal sealed record TestReport(string Id, string Name, string Suite, TestOutcome Outcome, double Seconds)
{
    public string? Row { get; init; }

    public string? Feature { get; init; }

    public bool Promise { get; init; }

    /// <inheritdoc cref="PlannedTest.Scenario"/>
    public string? Scenario { get; init; }

    /// <summary>What the pages of the documentation and the expectations know it by.</summary>
    [JsonIgnore]
    public string Key => Scenario ?? Row ?? Id;

    /// <summary>What is done, in words for people; null for a test that has no other than its name.</summary>
    public string? Title { get; init; }

    /// <summary>What a scenario asks, and why anyone cares.</summary>
    public string? About { get; init; }

    /// <summary>Why it failed or was skipped, in one line.</summary>
    public string? Reason { get; init; }

    /// <summary>The assertion's whole message and stack, for failures.</summary>
    public string? Details { get; init; }

    public ImmutableSortedDictionary<string, string> Expected { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableSortedDictionary<string, string> Observed { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <inheritdoc cref="TestResult.IsWhole"/>
    public bool IsWhole { get; init; }

    /// <summary>Which of several guests it ran in, or ended; null where there was one.</summary>
    public int? Guest { get; init; }

    /// <summary>How many rounds it ran, of several; null for a single one.</summary>
    public int? Rounds { get; init; }

    /// <summary>In how many of them it failed.</summary>
    public int? FailedRounds { get; init; }

    /// <summary>The plan of a run joined with its results.</summary>
    public static ImmutableArray<TestReport> Of(RunRecord record)
    {
        var results = record.Results.ToDictionary(result => result.Id, StringComparer.Ordinal);
        return [.. (record.Plan ?? []).Select(test => Of(test, results.GetValueOrDefault(test.Id), record))];
    }

    public static TestTotals Totals(IReadOnlyCollection<TestReport> tests) => new(
        tests.Count,
        tests.Count(test => test.Outcome == TestOutcome.Passed),
        tests.Count(test => test.Outcome.SpeaksAgainst()),
        tests.Count(test => test.Outcome == TestOutcome.Skipped));

    private static TestReport Of(PlannedTest test, TestResult? result, RunRecord record)
    {
        // A test that ended its guest has not come to an end, whatever came of it in earlier rounds.
        var loss = record.Losses.GetValueOrDefault(test.Id);
        var outcome = loss is null ? result?.Outcome ?? TestOutcome.Missing : TestOutcome.Missing;
        var report = new TestReport(test.Id, test.Name, test.Suite, outcome, Math.Round(result?.Seconds ?? 0, 6))
        {
            Guest = record.Guests == 1 ? null : loss?.Guest ?? result?.Guest,
            Row = test.Row,
            Scenario = test.Scenario,
            Feature = test.Feature,
            Promise = test.Promise,
            Title = test.Title,
            About = test.About,
            Expected = result?.Expected ?? ImmutableSortedDictionary<string, string>.Empty,
            Observed = result?.Observed ?? ImmutableSortedDictionary<string, string>.Empty,
            IsWhole = result?.IsWhole ?? false,
            Rounds = result?.Rounds > 1 ? result.Rounds : null,
            FailedRounds = result?.Rounds > 1 ? result.FailedRounds : null,
        };
        return result switch
        {
            _ when outcome == TestOutcome.Missing => report with { Reason = VerdictRules.WhyMissing(record, test.Id) },
            { Outcome: TestOutcome.Skipped } => report with { Reason = result.Reason ?? "no reason given" },
            { Outcome: TestOutcome.Failed } => report with
            {
                Reason = VerdictRules.Explain(result),
                Details = string.Join('\n', new[] { result.Message, result.Stack }.Where(text => !string.IsNullOrWhiteSpace(text))),
            },
            _ => report,
        };
    }
}
