using System.Collections.Immutable;
using Faultline.Harness.Bench;
using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Report;

/// <summary>A run with everything a report has to show: a control, a pass, a failure, a crash, skips, and names meant to break writers.</summary>
internal static class SampleRun
{
    public const string Hostile = "<script>alert('x')</script> & \"quoted\" # | \u0001 *";

    public static readonly DateTimeOffset Started = new(2026, 11, 24, 1, 2, 3, TimeSpan.Zero);

    public static RunReport Report => RunReport.Of([Passing, Failing, Crashed, Control], Started, 321.5) with { Run = Facts };

    public static RunFacts Facts => new()
    {
        Command = ["run", "--filter", Hostile],
        Repeat = $"cd '/home/me/my checkout' && artifacts/bin/faultline run --filter '{Hostile}'",
        Folder = "/home/me/my checkout",
        Version = "0.1.0+73f4d66",
        Revision = "73f4d66-dirty",
        Tools = new Dictionary<string, string> { ["dotnet"] = ".NET 10.0.0", ["qemu"] = "QEMU emulator version 7.2.22" }.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Machine = new MachineFacts("Example CPU", 2, 8192, "6.18.5", "Debian 12", "20.10.24", ".NET 10.0.0", 20.25),
    };

    public static KernelReport Control => Kernel("base", VariantRole.Control, null) with
    {
        Summary = "4 of 4 tests passed",
        Verdict = VerdictKind.Pass,
        Results =
        [
            Test("R2", TestOutcome.Passed, "none", "A", "1+0"), Test("R12", TestOutcome.Passed, "none", "A", "1+0"),
            Generated("Layout", TestOutcome.Passed), Skipped,
        ],
        Controls =
        [
            new ControlReport
            {
                Variant = "wp-zeropage", Verdict = VerdictKind.Pass, Summary = "1 promises fail as they must, everything else passes",
                ExpectedFailures = [new ExpectedFailure("Scenario.R12", "R12", "event=none, faults=1+0, pagemap=A")],
                Tests = new TestTotals(3, 2, 1, 0), Seconds = 12.5,
            },
        ],
    };

    public static KernelReport Passing => Kernel("wp-zeropage", VariantRole.Variant, "UFFD_FEATURE_WP_ZEROPAGE") with
    {
        Verdict = VerdictKind.Pass,
        Summary = "3 of 4 tests passed",
        Results =
        [
            Test("R2", TestOutcome.Passed, "none", "A", "1+0"), Test("R12", TestOutcome.Passed, "wp|write", "Zw", "0+1"),
            Generated("Layout", TestOutcome.Passed), Skipped,
        ],
        ThreeWay =
        [
            new ThreeWayRow("features", "UFFD_API_FEATURES", "0x3fff", "–", "0x3fff", Agrees: true),
            new ThreeWayRow("records", "struct uffdio_copy.mode", "offset 24, 8 bytes, u64", $"offset 32, {Hostile}", "–", Agrees: false),
        ],
        Source = new SourceReport("debian:6.1", "6.1.192-1"),
        Compiler = "gcc (Debian 12.2.0-14) 12.2.0",
        Patches = [new PatchReport("0001-mm.patch", $"mm/uffd: {Hostile}"), new PatchReport("0002-bare.diff", null)],
        Abi = ["new-constant UFFD_FEATURE_WP_ZEROPAGE = 0x2000", "changed-value UFFD_API_FEATURES 0x1fff -> 0x3fff"],
    };

    public static KernelReport Failing => Kernel("wp-unpopulated", VariantRole.Variant, "UFFD_FEATURE_WP_UNPOPULATED") with
    {
        Verdict = VerdictKind.Failed,
        Summary = "1 of 3 tests failed: R12",
        Reasons = ["Scenario.R12: pagemap is A, expected M"],
        Results =
        [
            Test("R2", TestOutcome.Passed, "none", "A", "1+0"),
            Test("R12", TestOutcome.Failed, "wp|write", "A", "0+1") with
            {
                Reason = "pagemap is A, expected M", Details = $"Expected M {Hostile}\n   at Faulting.cs:12",
                Expected = Table("wp|write", "M", "0+1"),
            },
            Generated(Hostile, TestOutcome.Missing) with { Reason = "planned, but no result came" },
        ],
    };

    public static KernelReport Crashed => Kernel("oops", VariantRole.Variant, "UFFD_FEATURE_X") with
    {
        Verdict = VerdictKind.Crashed,
        Summary = "oops while Scenario.R20 was running: BUG: kernel NULL pointer dereference, address: 0000000000000008",
        InFlight = ["Scenario.R20"],
        Reasons = ["kernel log line 321: BUG: kernel NULL pointer dereference, address: 0000000000000008"],
        Excerpt = "[    6.100000] BUG: kernel NULL pointer dereference, address: 0000000000000008\n[    6.100004] RIP: 0010:change_pte_range+0x1a2/0x500\n[    6.100006]  <TASK>\n[    6.100008]  </TASK>\u0001",
        Release = null,
        Accelerator = null,
        Guests =
        [
            new GuestSummary(1, 1) { InFlight = ["Scenario.R20"], Ended = "oops while Scenario.R20 was running" },
            new GuestSummary(2, 1) { Start = GuestStart.Resumed },
        ],
    };

    private static TestReport Skipped => Generated("Move", TestOutcome.Skipped) with
    {
        Reason = "UFFDIO_MOVE is not in this kernel's header",
    };

    private static KernelReport Kernel(string name, VariantRole role, string? feature)
    {
        return new KernelReport
        {
            Name = name,
            Title = role == VariantRole.Control ? "Linux 6.1, no series applied: the negative control" : "Protecting an empty anonymous pte",
            Role = role,
            Release = $"6.1.192-{name}",
            Feature = feature,
            FeatureBit = feature is null ? null : 13,
            Verdict = VerdictKind.Pass,
            Accelerator = new Accelerator(
                AcceleratorChoice.Auto, AcceleratorKind.Tcg, "a guest in KVM stood still for 8 s: emulating the CPU", "hpet"),
            Tests = new TestTotals(4, 3, 0, 1),
            Phases =
            [
                new PhaseSummary("image", 0, true, "unchanged"), new PhaseSummary("build", 61.25, false, "series changed"),
                new PhaseSummary("payload", 7.5, false, "ABI model changed"),
                new PhaseSummary("boot", 4.1, false, "kernel changed"), new PhaseSummary("test", 21.3, false, "120 tests"),
            ],
        };
    }

    private static TestReport Test(string row, TestOutcome outcome, string @event, string pagemap, string faults) =>
        new($"Scenario.{row}", $"{row}: a write to a protected hole", "scenario", outcome, 0.0125)
        {
            Row = row, Promise = row == "R12", Expected = Table(@event, pagemap, faults), Observed = Table(@event, pagemap, faults),
        };

    private static TestReport Generated(string name, TestOutcome outcome) => new($"Generated.{name}", name, "generated", outcome, 0.001);

    private static ImmutableSortedDictionary<string, string> Table(string @event, string pagemap, string faults) =>
        new Dictionary<string, string> { ["event"] = @event, ["pagemap"] = pagemap, ["faults"] = faults }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
