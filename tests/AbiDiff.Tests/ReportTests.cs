using System.Text.Json;
using Faultline.AbiDiff.Reports;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Tests;

/// <summary>What the writers make of a drift, and what accepted changes take out of it.</summary>
public sealed class ReportTests
{
    private static DriftReport Variants(AcceptedChanges? accepted = null) =>
        DriftReport.Of(Repository.Side("wp-zeropage"), Repository.Side("wp-unpopulated"), accepted);

    private static AcceptedChanges Accepting(string kind, string subject, string reason = "both series took the bit of the list") =>
        AcceptedChanges.Parse($$"""
            {
              "schema": "faultline-accepted-changes/1",
              "accepted": [ { "kind": "{{kind}}", "subject": "{{subject}}", "reason": "{{reason}}" } ]
            }
            """);

    [Fact]
    public void Text_has_one_change_a_line_and_a_verdict() => Assert.Equal("""
        wp-zeropage -> wp-unpopulated
          breaking   flag-bit-reused UFFD_FEATURE 1 << 13: UFFD_FEATURE_WP_ZEROPAGE -> UFFD_FEATURE_WP_UNPOPULATED
        1 breaking; source-incompatible, binary-incompatible

        """, TextReport.Write(Variants()));

    [Fact]
    public void Commits_stand_with_the_change_that_they_made()
    {
        var report = Variants().Blaming(_ => [new("1a2b3c4", "mm: take <the> bit")]);
        Assert.Contains("UNPOPULATED\n             by 1a2b3c4 mm: take <the> bit\n", TextReport.Write(report), StringComparison.Ordinal);
        Assert.Contains(
            "| `UFFD_FEATURE 1 << 13` by `1a2b3c4` mm: take \\<the> bit |", MarkdownReport.Write(report), StringComparison.Ordinal);
        var change = JsonDocument.Parse(JsonReport.Write(report)).RootElement.GetProperty("changes")[0];
        Assert.Equal("1a2b3c4", change.GetProperty("commits")[0].GetProperty("id").GetString());
        Assert.Equal("mm: take <the> bit", change.GetProperty("commits")[0].GetProperty("summary").GetString());
        Assert.DoesNotContain("commits", JsonReport.Write(Variants()), StringComparison.Ordinal);
    }

    [Fact]
    public void No_drift_says_so()
    {
        var report = DriftReport.Of(Repository.Side("base") with { Name = "a" }, Repository.Side("base") with { Name = "b" });
        Assert.Equal("a -> b\nno drift\n", TextReport.Write(report));
        Assert.False(report.IsOver(Severity.Compatible));
    }

    [Fact]
    public void Markdown_tells_what_to_do()
    {
        var text = MarkdownReport.Write(Variants());
        Assert.Contains("| breaking | `flag-bit-reused` | `UFFD_FEATURE 1 << 13` | `UFFD_FEATURE_WP_ZEROPAGE` | `UFFD_FEATURE_WP_UNPOPULATED` |", text, StringComparison.Ordinal);
        Assert.Contains("Take the next free bit", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_same()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(Variants()));
        Assert.Equal("faultline-drift/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal("breaking", json.RootElement.GetProperty("worst").GetString());
        Assert.False(json.RootElement.GetProperty("binaryCompatible").GetBoolean());
        Assert.Equal("flag-bit-reused", json.RootElement.GetProperty("changes")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public void Json_names_the_line_in_the_new_header()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(Variants()));
        Assert.Equal(Repository.Variant("wp-unpopulated").LineOf("UFFD_FEATURE_WP_UNPOPULATED"), json.RootElement.GetProperty("changes")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public void Accepted_change_is_under_every_bar_and_still_told()
    {
        var report = Variants(Accepting("flag-bit-reused", "UFFD_FEATURE 1 << 13"));
        Assert.True(Variants().IsOver(Severity.Breaking));
        Assert.False(report.IsOver(Severity.Compatible));
        Assert.Equal("no drift beyond 1 accepted", report.Summary);
        Assert.Contains("took the bit of the list", TextReport.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void An_accepted_change_that_did_not_happen_is_reported()
    {
        var report = Variants(Accepting("flag-removed", "UFFD_FEATURE_SIGBUS"));
        Assert.Single(report.Unused);
        Assert.Contains("is accepted and did not happen", TextReport.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Unused_entry_names_its_header_in_every_format()
    {
        var report = Variants(new() { Entries = EquatableArray.Of(new AcceptedChange("flag-removed", "GONE", "why", "linux/kvm.h")) });
        Assert.Contains("flag-removed of GONE in linux/kvm.h is accepted and did not happen", TextReport.Write(report),
            StringComparison.Ordinal);
        Assert.Contains("- `flag-removed` `linux/kvm.h` `GONE`\n", MarkdownReport.Write(report), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(JsonReport.Write(report));
        Assert.Equal("linux/kvm.h", json.RootElement.GetProperty("unused")[0].GetProperty("header").GetString());
    }

    [Fact]
    public void Markdown_keeps_markup_and_line_ends_of_names_out_of_its_own()
    {
        var report = Variants(Accepting("flag-bit-reused", "UFFD_FEATURE 1 << 13", "see <b>x</b>\\r\\nand y|z")) with { Old = "<img>" };
        var text = MarkdownReport.Write(report);
        Assert.Contains("ABI drift: \\<img> →", text, StringComparison.Ordinal);
        Assert.Contains("`UFFD_FEATURE 1 << 13`: see \\<b>x\\</b> and y\\|z\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    [Theory]
    [InlineData("not json", "not JSON")]
    [InlineData("{}", "must be an object")]
    [InlineData("[]", "must be an object")]
    [InlineData("{\"schema\": \"other\", \"accepted\": []}", "\"other\"")]
    [InlineData("{\"schema\": \"faultline-accepted-changes/1\", \"accepted\": [{\"kind\": \"x\", \"subject\": \"y\", \"reason\": "
        + "\"z\"}]}", "does not exist")]
    [InlineData("{\"schema\": \"faultline-accepted-changes/1\", \"accepted\": [{\"kind\": \"flag-added\", \"subject\": \"y\", "
        + "\"reason\": \"\"}]}", "without a reason")]
    [InlineData("{\"schema\": \"faultline-accepted-changes/1\", \"accepted\": [], \"acepted\": []}", "the file has the member \"acepted\"")]
    [InlineData("{\"schema\": \"faultline-accepted-changes/1\", \"accepted\": [{\"kind\": \"flag-added\", \"subject\": \"y\", "
        + "\"reason\": \"z\"}, {\"kind\": \"flag-added\", \"subject\": \"y\", \"reason\": \"z\", \"Old\": \"1\"}]}",
        "accepted change 2 has the member \"Old\"")]
    [InlineData("{\"schema\": \"faultline-accepted-changes/1\", \"accepted\": [\"x\"]}", "must be an object")]
    public void A_broken_file_of_accepted_changes_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => AcceptedChanges.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Accepting_a_report_keeps_reasons_and_drops_the_unused()
    {
        var before = AcceptedChanges.Parse("""
            { "schema": "faultline-accepted-changes/1", "accepted": [
              { "kind": "mask-grew", "subject": "UFFD_API_FEATURES", "reason": "an old reason" },
              { "kind": "flag-removed", "subject": "GONE", "reason": "no longer true" } ] }
            """);
        var report = DriftReport.Of(Repository.Side("base"), Repository.Side("wp-unpopulated"), before);
        var written = AcceptedChanges.Accepting(report, "new in this series");
        Assert.Equal(written, AcceptedChanges.Parse(written.Format()));
        Assert.Equal(["flag-added: new in this series", "mask-grew: an old reason"], written.Entries.Select(entry => $"{entry.Kind}: {entry.Reason}"));
        Assert.Equal("no drift beyond 2 accepted", DriftReport.Of(Repository.Side("base"), Repository.Side("wp-unpopulated"), written).Summary);
    }

    [Fact]
    public void Entry_with_a_header_holds_in_that_header_only()
    {
        var entry = new AcceptedChange("flag-bit-reused", "UFFD_FEATURE 1 << 13", "why", "linux/kvm.h");
        Assert.Single(Variants(new() { Entries = EquatableArray.Of(entry) }).Findings);
        Assert.Empty(Variants(new() { Entries = EquatableArray.Of(entry with { Header = "linux/userfaultfd.h" }) }).Findings);
    }

    [Fact]
    public void Report_over_many_headers_names_each_and_tells_what_came_and_went()
    {
        var (old, now) = (Repository.Side("base"), Repository.Side("wp-unpopulated"));
        var report = DriftReport.Of("v1", "v2", [new("linux/b.h", old, now), new("linux/a.h", null, now), new("linux/z.h", old, null)]) with { Headers = 9 };
        Assert.Equal("""
            v1 -> v2
              breaking   linux/z.h: header-removed linux/z.h: was there
              compatible linux/a.h: header-added linux/a.h: new
              compatible linux/b.h: flag-added UFFD_FEATURE_WP_UNPOPULATED: 1 << 13
              compatible linux/b.h: mask-grew UFFD_API_FEATURES: 0x1fff -> 0x3fff
            9 headers: 1 breaking, 3 compatible; source-incompatible, binary-compatible

            """, TextReport.Write(report));
    }

    [Fact]
    public void What_moved_together_is_one_line()
    {
        static AbiSide Side(int from, int records) => new($"v{from}", new()
        {
            Header = "linux/x.h",
            Enums = EquatableArray.Of(new EnumSpec
            {
                Name = "e", Members = Enumerable.Range(0, 40)
                    .Select(index => new EnumMemberSpec { Name = $"X_{index:00}", Value = from + index }).ToEquatableArray(),
            }),
            Structs = EquatableArray.Of(new StructSpec
            {
                Name = "s",
                Size = 64,
                Align = 4,
                Fields = Enumerable.Range(0, records).Select(index => new FieldSpec
                {
                    Name = $"f{index}", CType = "int", Type = TypeRef.Integer(4, signed: true), Offset = (from + index) * 4, Size = 4,
                }).ToEquatableArray(),
            }),
        });
        Assert.Equal("""
            v1 -> v2
            44 breaking; source-compatible, binary-incompatible
              breaking   enumerator-changed X_00: 1 -> 2, and 39 later members moved by 1
              breaking   field-moved struct s.f0: offset 4 -> offset 8, and 3 later fields moved by 4
            44 breaking; source-compatible, binary-incompatible

            """, TextReport.Write(DriftReport.Of(Side(1, 4), Side(2, 4))));
        // Two are told one by one.
        Assert.Contains("struct s.f1: offset 8 -> offset 12\n", TextReport.Write(DriftReport.Of(Side(1, 2), Side(2, 2))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Macros_that_moved_together_are_one_line()
    {
        static AbiSide Side(int by) => new($"v{by}", new()
        {
            Header = "linux/x.h",
            Constants = Enumerable.Range(7, 5).Append(200)
                .Select(value => new ConstantSpec
                {
                    Name = $"X_{value:000}", Value = (value + by).ToString(), Type = TypeRef.Integer(4, signed: true),
                })
                .ToEquatableArray(),
        });
        Assert.Equal("""
            v0 -> v1
              breaking   constant-changed X_007: 7 -> 8, and 4 later macros X_* moved by 1
              breaking   constant-changed X_200: 0xc8 -> 0xc9
            6 breaking; source-compatible, binary-incompatible

            """, TextReport.Write(DriftReport.Of(Side(0), Side(1))));
    }

    [Fact]
    public void A_summary_counts_kinds_and_says_where_most_are()
    {
        var (old, now) = (Repository.Side("base"), Repository.Side("wp-unpopulated"));
        var report = DriftReport.Of("v1", "v2",
            [new("linux/b.h", old, now), new("linux/a.h", null, now), new("linux/c.h", null, now), new("linux/d.h", null, now),
            new("linux/e.h", null, now)]);
        Assert.Equal("""
            v1 -> v2
              compatible     4 header-added (linux/a.h 1, linux/c.h 1, linux/d.h 1, 1 more)
              compatible     1 flag-added (linux/b.h 1)
              compatible     1 mask-grew (linux/b.h 1)
            9 headers: 6 compatible; source-compatible, binary-compatible

            """, TextReport.WriteSummary(report with { Headers = 9 }));
        Assert.Contains("  compatible     4 header-added\n", TextReport.WriteSummary(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Ignored_kinds_are_under_every_bar_and_still_counted()
    {
        var report = Variants().Without([ChangeKinds.Find("flag-bit-reused")!]);
        Assert.False(report.IsOver(Severity.Compatible));
        Assert.Equal("no drift; 1 of ignored kinds", report.Summary);
        using var json = JsonDocument.Parse(JsonReport.Write(report));
        Assert.Equal(1, json.RootElement.GetProperty("ignored").GetInt32());
        AssertVerdictOfAll(json.RootElement);
        Assert.Equal("1 breaking; source-incompatible, binary-incompatible", Variants().Without([ChangeKinds.Find("name-moved")!]).Summary);
    }

    /// <summary>Nothing is listed, and the sides are what they are.</summary>
    private static void AssertVerdictOfAll(JsonElement root)
    {
        Assert.Empty(root.GetProperty("changes").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("worst").ValueKind);
        Assert.All(["equal", "sourceCompatible", "binaryCompatible"], name => Assert.False(root.GetProperty(name).GetBoolean()));
    }

    [Fact]
    public void What_is_accepted_is_under_every_bar_and_in_the_verdict()
    {
        var report = Variants(AcceptedChanges.Accepting(Variants(), "why"));
        Assert.False(report.IsOver(Severity.Compatible));
        using var json = JsonDocument.Parse(JsonReport.Write(report));
        Assert.Single(json.RootElement.GetProperty("accepted").EnumerateArray());
        AssertVerdictOfAll(json.RootElement);
    }

    [Fact]
    public void What_is_ignored_twice_is_counted_once()
    {
        var kind = ChangeKinds.Find("flag-bit-reused")!;
        Assert.Equal(1, Variants().Without([kind]).Without([kind]).Ignored);
    }

    [Theory]
    [InlineData("UFFD_FEATURE*", "", true)]
    [InlineData("*1 << 13", "linux/*.h", true)]
    [InlineData("UFFD_EVENT*", "", false)]
    [InlineData("UFFD_FEATURE*", "drm/*", false)]
    [InlineData("uffd_feature*", "", false)]
    public void An_entry_may_be_a_pattern(string subject, string header, bool accepts)
    {
        var report = Variants(new() { Entries = EquatableArray.Of(new AcceptedChange("flag-bit-reused", subject, "why", header)) });
        Assert.Equal(accepts ? (0, 0) : (1, 1), (report.Findings.Count, report.Unused.Count));
    }

    /// <summary>A header must not turn a terminal's colours, or hide a line.</summary>
    [Fact]
    public void Characters_that_a_terminal_obeys_are_told_by_their_numbers()
    {
        static AbiSide Side(string name, string value) => new(name, Build.Constants(
            Build.Constant("A", value) with { Kind = ValueKind.String, CType = "char[9]" }));
        var report = DriftReport.Of(Side("old", "x"), Side("new", "\u001b[2J\u009b1A\r\n\u202ey"), null);
        Assert.Contains("A: \"x\" -> \"\\x1b[2J\\x9b1A\\x0d\\x0a\\u202ey\"\n", TextReport.Write(report), StringComparison.Ordinal);
        Assert.Contains("`\"\\x1b[2J\\x9b1A \\u202ey\"`", MarkdownReport.Write(report), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', JsonReport.Write(report));
    }
}
