using System.Text;
using CsCheck;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Results;

public sealed class EventStreamReaderTests
{
    [Fact]
    public void A_clean_stream_is_read_whole()
    {
        var record = Streams.Record(Streams.Clean);

        Assert.Empty(record.Problems);
        Assert.True(record.IsComplete);
        Assert.Equal("tsc", record.Boot!.Clocksource);
        Assert.Equal(["R1", "Abi.Layout"], record.Plan!.Value.Select(test => test.Id));
        Assert.True(record.Plan.Value[0].Promise);
        Assert.Equal(0, record.Exit!.Code);
    }

    [Fact]
    public void A_result_carries_its_tables()
    {
        var record = Streams.Record(
            Streams.Plan,
            Streams.Result("R1", "failed", "\"message\":\"m\",\"stack\":\"s\",\"asControl\":true,\"expected\":{\"event\":\"wp|write\"},\"observed\":{\"event\":\"none\",\"faults\":1}"));

        var result = Assert.Single(record.Results);
        Assert.True(result.AsControl);
        Assert.Equal("wp|write", result.Expected["event"]);
        Assert.Equal("none", result.Observed["event"]);
        Assert.Equal("1", result.Observed["faults"]);
    }

    [Fact]
    public void What_scenarios_showed_is_known_by_their_names_in_a_profile()
    {
        var record = Streams.Record(
            """{"event":"plan","tests":[{"id":"a","scenario":"R31-mprotect","row":"R31"},{"id":"b","scenario":"R2"},{"id":"c"}]}""",
            Streams.Result("a", "passed", "\"observed\":{\"event\":\"none\"}"),
            Streams.Result("b", "skipped", "\"reason\":\"no swap\""),
            Streams.Result("c", "passed", "\"observed\":{\"event\":\"none\"}"));

        var shown = Assert.Single(record.Shown);
        Assert.Equal(("R31-mprotect", "none"), (shown.Key, shown.Value["event"]));
    }

    [Fact]
    public void What_the_kernel_answered_is_kept_as_it_was_said()
    {
        var record = Streams.Record(Streams.Plan, """{"event":"live","facts":{"features":"0x3fff","range.anon.minor":"EINVAL"},"t":0.5}""");
        Assert.Empty(record.Problems);
        Assert.Equal([new("features", "0x3fff"), new("range.anon.minor", "EINVAL")], record.Live);
        Assert.Empty(Streams.Record(Streams.Plan).Live);
        Assert.Empty(Streams.Record("""{"event":"live","facts":7}""").Live);
    }

    [Fact]
    public void Bytes_may_be_cut_anywhere()
    {
        var bytes = Streams.Bytes(Streams.Clean);
        Gen.Int[1, 40].Sample(size =>
        {
            var reader = new EventStreamReader();
            List<GuestEvent> events = [];
            foreach (var chunk in bytes.Chunk(size))
                events.AddRange(reader.Push(chunk));
            events.AddRange(reader.Complete());
            Assert.True(RunRecord.FromEvents(events).IsComplete);
            Assert.Equal(Streams.Clean.Length, events.Count);
        }, iter: 40);
    }

    [Theory]
    [InlineData("SeaBIOS (version 1.16)", "not JSON")]
    [InlineData("[1,2]", "not a JSON object")]
    [InlineData("{\"no\":1}", "no \"event\" field")]
    [InlineData("{\"event\":\"result\",\"id\":\"a\",\"outcome\":\"great\"}", "unknown outcome 'great'")]
    [InlineData("{\"event\":\"result\",\"id\":\"a\",\"outcome\":\"passed\",\"message\":\"\\ud800\"}", "unpaired surrogate")]
    [InlineData("{\"event\":\"plan\"}", "without a \"tests\" array")]
    [InlineData("{\"event\":\"plan\",\"tests\":[3]}", "not a test")]
    [InlineData("{\"event\":\"exit\",\"code\":1e999}", "whole number")]
    [InlineData("{\"event\":\"start\"}", "no \"id\" field")]
    public void Junk_is_reported_with_its_line_and_the_rest_is_read(string junk, string complaint)
    {
        var record = Streams.Record([Streams.Boot, junk, .. Streams.Clean[1..]]);

        Assert.True(record.IsComplete);
        var problem = Assert.Single(record.Problems);
        Assert.Contains("line 2", problem, StringComparison.Ordinal);
        Assert.Contains(complaint, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_not_UTF8_is_reported()
    {
        byte[] bytes = [.. "{\"event\":\"start\",\"id\":\""u8, 0xFF, 0xFE, .. "\"}\n"u8, .. Streams.Bytes(Streams.Boot)];
        var events = EventStreamReader.ReadAll(bytes);

        Assert.Contains("not UTF-8", Assert.IsType<MalformedEvent>(events[0]).Reason, StringComparison.Ordinal);
        Assert.IsType<BootEvent>(events[1]);
    }

    [Fact]
    public void An_over_long_line_is_dropped_and_reported_once()
    {
        var endless = new string('x', 3 * EventStreamReader.LongestLine);
        var reader = new EventStreamReader();
        List<GuestEvent> events = [];
        foreach (var chunk in Encoding.UTF8.GetBytes(endless + "\n" + Streams.Boot + "\n").Chunk(1000))
            events.AddRange(reader.Push(chunk));

        Assert.Equal(2, events.Count);
        var bad = Assert.IsType<MalformedEvent>(events[0]);
        Assert.Contains("longer than 65536 bytes", bad.Reason, StringComparison.Ordinal);
        Assert.True(bad.Excerpt.Length < 300);
        Assert.IsType<BootEvent>(events[1]);
    }

    [Fact]
    public void A_stream_cut_inside_a_line_says_so()
    {
        var bytes = Streams.Bytes(Streams.Clean);
        var record = RunRecord.FromEvents(EventStreamReader.ReadAll(bytes.AsSpan(0, bytes.Length - 8)));

        Assert.Null(record.Exit);
        Assert.Contains("cut short", Assert.Single(record.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_events_and_fields_are_ignored()
    {
        var record = Streams.Record(["""{"event":"weather","sun":true}""", .. Streams.Clean]);
        Assert.Empty(record.Problems);
        Assert.True(record.IsComplete);
    }

    [Fact]
    public void No_bytes_whatever_make_the_reader_throw() =>
        Gen.Byte.Array[0, 400].Sample(bytes => RunRecord.FromEvents(EventStreamReader.ReadAll(bytes)) is not null, iter: 2000);

    [Fact]
    public void No_json_whatever_makes_the_reader_throw()
    {
        var scalar = Gen.OneOf("1", "-0.5", "1e400", "null", "true", "\"x\"", "\"\\ud800\"", "{}", "[]", "[{}]", "[[1]]", "{\"a\":[]}");
        var field = Gen.OneOf("id", "t", "tests", "outcome", "expected", "code", "deadline", "schema", "passed");
        var name = Gen.OneOf("boot", "hello", "plan", "start", "result", "hang", "end", "exit");
        Gen.Select(name, Gen.Select(field, scalar).Array[0, 6]).Sample((kind, fields) =>
        {
            var line = $$"""{"event":"{{kind}}"{{string.Concat(fields.Select(f => $",\"{f.Item1}\":{f.Item2}"))}}}""";
            return EventStreamReader.ReadAll(Streams.Bytes(line)).Count <= 1;
        }, iter: 3000);
    }

    /// <summary>The suite writes a long plan in parts; every part has to be reported.</summary>
    [Fact]
    public void A_plan_may_come_in_parts()
    {
        string[] second = [Streams.PlanOf("R3")];
        var whole = Streams.Record([.. Streams.Clean[..3], .. second, .. Streams.Clean[3..7], Streams.Start("R3"), Streams.Result("R3"), .. Streams.Clean[7..]]);
        Assert.Empty(whole.Problems);
        Assert.True(whole.IsComplete);
        Assert.Equal(["R1", "Abi.Layout", "R3"], whole.Plan!.Value.Select(test => test.Id));

        var cut = Streams.Record([.. Streams.Clean[..3], .. second, .. Streams.Clean[3..]]);
        Assert.Equal(["R3"], cut.Missing.Select(test => test.Id));
    }

    [Fact]
    public void A_part_of_the_plan_that_repeats_a_test_or_comes_late_is_reported()
    {
        var record = Streams.Record([.. Streams.Clean[..4], Streams.PlanOf("R1"), .. Streams.Clean[4..]]);
        Assert.Equal(2, record.Plan!.Value.Length);
        Assert.Equal(["the plan was extended after the first test had started", "the plan names 'R1' twice"], record.Problems);
    }

    [Fact]
    public void The_first_result_of_a_test_stands()
    {
        var record = Streams.Record(Streams.Plan, Streams.Result("R1", "failed"), Streams.Result("R1"), Streams.Result("R99"));

        Assert.Equal(TestOutcome.Failed, record.Results[0].Outcome);
        Assert.Contains(record.Problems, problem => problem.Contains("second result for 'R1'", StringComparison.Ordinal));
        Assert.Contains(record.Problems, problem => problem.Contains("'R99', which no plan announced", StringComparison.Ordinal));
    }
}
