using Faultline.AbiDiff.Reports;
using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>The same headers for several machines: what all of them see is one finding.</summary>
public sealed class TargetReadingTests
{
    private const string Wide = "x86_64-linux-gnu", Narrow = "i386-linux-gnu";

    private static AbiPair Pair(AbiSpec old, AbiSpec current, string header = "linux/x.h") =>
        new(header, new("v1", old), new("v2", current));

    private static DriftReport Report(AbiPair wide, AbiPair narrow, AcceptedChanges? accepted = null) =>
        DriftReport.OfTargets("v1", "v2", [new(Wide, [wide]), new(Narrow, [narrow])], accepted);

    [Fact]
    public void What_every_target_sees_is_told_once_and_names_none()
    {
        var pair = Pair(Constants(Constant("X_A", "1")), Constants(Constant("X_A", "2")));
        var report = Report(pair, pair);
        Assert.Equal("constant-changed X_A: 1 -> 2", $"{Assert.Single(report.Findings)}");
        Assert.Equal([Wide, Narrow], report.Targets);
        Assert.DoesNotContain("only", TextReport.Write(report) + MarkdownReport.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_change_with_other_numbers_is_told_with_the_first_targets()
    {
        var report = Report(
            Pair(Struct(8, 8, Field("a", U64, 0)), Struct(16, 8, Field("a", U64, 0), Field("b", U64, 8))),
            Pair(Struct(8, 4, Field("a", U64, 0)), Struct(12, 4, Field("a", U64, 0), Field("b", U32, 8))));
        Assert.DoesNotContain(report.Findings, finding => finding.Targets.Count > 0);
        Assert.Contains(report.Findings, finding => finding.Change.New.Contains("16", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Findings, finding => finding.Change.New.Contains("12", StringComparison.Ordinal));
    }

    [Fact]
    public void What_one_target_alone_sees_names_it_in_every_format()
    {
        var same = Struct(8, 4, Field("a", U32, 0), Field("b", U32, 4));
        var report = Report(Pair(same, same), Pair(same, Struct(8, 4, Field("a", U32, 4), Field("b", U32, 0))));
        Assert.All(report.Findings, finding => Assert.Equal([Narrow], finding.Targets));
        Assert.Contains(" (i386-linux-gnu only)\n", TextReport.Write(report), StringComparison.Ordinal);
        Assert.Contains(" (i386-linux-gnu only) |", MarkdownReport.Write(report), StringComparison.Ordinal);
        Assert.Contains("\"targets\": [\n        \"i386-linux-gnu\"\n      ]", JsonReport.Write(report), StringComparison.Ordinal);
        Assert.Contains(" (i386-linux-gnu only). ", SarifReport.Write(report, header => header, "1.0.0"), StringComparison.Ordinal);
        Assert.True(report.IsOver(Severity.Breaking));
    }

    /// <summary>One type that became another, which is told where it is graver.</summary>
    [Fact]
    public void What_is_another_type_here_and_another_size_there_is_told_once()
    {
        AbiSpec Long(TypeRef type, string full) => Struct(8, 4, Field("a", type, 0) with { CType = "long", Full = full });
        AbiSpec LongLong(TypeRef type) => Struct(8, 4, Field("a", type, 0) with { CType = "long long" });
        var s64 = TypeRef.Integer(8, signed: true);
        Assert.Equal("field-resized struct s.a: long, 4 bytes -> long long, 8 bytes (i386-linux-gnu only)", $"{Assert.Single(
            Report(Pair(Long(s64, "s64l"), LongLong(s64)), Pair(Long(S32, "s32l"), LongLong(s64))).Findings)}");
        Assert.Equal("field-retyped struct s.a: long -> long long (x86_64-linux-gnu only)", $"{Assert.Single(
            Report(Pair(Long(s64, "s64l"), LongLong(s64)), Pair(Long(S32, "s32l"), Long(S32, "s32l"))).Findings)}");
    }

    /// <summary>Who lives with a change on one machine has not said so of another.</summary>
    [Fact]
    public void An_accepted_change_may_hold_for_one_target()
    {
        var (same, other) = (Struct(8, 4, Field("a", U32, 0)), Struct(8, 4, Field("a", U32, 4)));
        var entry = new AcceptedChange("field-moved", "struct s.a", "why") { Target = Narrow };
        AcceptedChanges Accepted(AcceptedChange item) => new() { Entries = EquatableArray.Of(item) };
        var narrow = Report(Pair(same, same), Pair(same, other), Accepted(entry));
        Assert.Empty(narrow.Findings);
        Assert.Single(narrow.Accepted);
        // The other target alone, or both of them, are more than that.
        Assert.Single(Report(Pair(same, other), Pair(same, same), Accepted(entry)).Findings);
        var both = Report(Pair(same, other), Pair(same, other), Accepted(entry));
        Assert.Single(both.Findings);
        Assert.Equal("field-moved of struct s.a for i386-linux-gnu", $"{Assert.Single(both.Unused)}");
        Assert.Empty(Report(Pair(same, other), Pair(same, other), Accepted(entry with { Target = null })).Findings);
        // Where nothing but that target was asked about, a finding does not name it.
        Assert.Empty(DriftReport.OfTargets("v1", "v2", [new(Narrow, [Pair(same, other)])], Accepted(entry)).Findings);
        Assert.Single(DriftReport.OfTargets("v1", "v2", [new(Wide, [Pair(same, other)])], Accepted(entry)).Findings);
        Assert.Equal(Narrow, Assert.Single(AcceptedChanges.Parse(AcceptedChanges.Accepting(narrow, "now").Format()).Entries).Target);
        Assert.Null(Assert.Single(AcceptedChanges.Accepting(both, "now").Entries).Target);
    }

    /// <summary>It did not speak, and so it does not differ either.</summary>
    [Fact]
    public void A_target_for_which_the_header_was_not_read_is_no_other_target()
    {
        var pair = Pair(Constants(Constant("X_A", "1")), Constants(Constant("X_A", "2")));
        var (left, headers) = new TargetReading(Narrow, [pair with { OldError = "no asm/types.h", Old = null }]).WithoutUnreadable();
        Assert.Equal(["linux/x.h"], headers);
        Assert.Empty(Assert.Single(DriftReport.OfTargets("v1", "v2", [new(Wide, [pair]), left]).Findings).Targets);
    }

    [Fact]
    public void Where_nothing_can_be_compared_the_report_says_neither_yes_nor_no()
    {
        var report = DriftReport.Of(new("a", new AbiSpec()), new("b", new AbiSpec()));
        Assert.True(report.IsVacuous);
        Assert.Contains("\"equal\": null", JsonReport.Write(report), StringComparison.Ordinal);
        Assert.Contains("nothing was compared", TextReport.Write(report), StringComparison.Ordinal);
        // A side that can speak for no macros, against macros alone.
        var silent = new AbiSide("c", new AbiSpec()) { Coverage = AbiCoverage.Whole with { Macros = Reach.Named } };
        Assert.True(DriftReport.Of(new("a", Constants(Constant("X_A", "1"))), silent).IsVacuous);
        Assert.False(DriftReport.Of(new("a", Constants(Constant("X_A", "1"))), new("b", new AbiSpec())).IsVacuous);
        Assert.True((DriftReport.Of("v1", "v2", []) with { Headers = 0 }).IsVacuous);
        Assert.False((DriftReport.Of("v1", "v2", []) with { Headers = 900 }).IsVacuous);
    }

    /// <summary>Who accepted that 1 became 2 has not accepted that it becomes 3.</summary>
    [Fact]
    public void An_accepted_change_holds_for_its_values()
    {
        AbiSide Side(string value) => new($"v{value}", Constants(Constant("X_A", value)));
        var accepted = AcceptedChanges.Parse(AcceptedChanges.Accepting(DriftReport.Of(Side("1"), Side("2")), "agreed").Format());
        Assert.Empty(DriftReport.Of(Side("1"), Side("2"), accepted).Findings);
        var further = DriftReport.Of(Side("1"), Side("3"), accepted);
        Assert.Equal("constant-changed X_A: 1 -> 3", $"{Assert.Single(further.Findings)}");
        Assert.Single(further.Unused);
        Assert.Single(DriftReport.Of(Side("5"), Side("2"), accepted).Findings);
    }
}
