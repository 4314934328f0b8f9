using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Faultline.Harness.Results;

/// <summary>
/// Turns one line of the event stream into an event. Whatever the guest sends, the answer is an event, a complaint or nothing.
/// </summary>
internal static class EventLineParser
{
    private const int ExcerptLength = 160;

    /// <param name="line">One line without its newline.</param>
    /// <param name="number">1-based line number, for complaints.</param>
    /// <returns>The event; <see cref="MalformedEvent"/> for what is not one; null for a blank line or an event this version does not know.</returns>
    public static GuestEvent? Parse(ReadOnlySpan<byte> line, long number)
    {
        line = line.Trim(" \t\r"u8);
        if (line.IsEmpty)
            return null;
        if (!Utf8.IsValid(line))
            return Malformed(line, number, "not UTF-8");

        try
        {
            using var document = JsonDocument.Parse(line.ToArray(), new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return Malformed(line, number, "not a JSON object");
            if (Text(root, "event") is not { } name)
                return Malformed(line, number, "no \"event\" field");
            return Read(name, root);
        }
        catch (JsonException)
        {
            return Malformed(line, number, "not JSON (truncated, or something else writes to the results port)");
        }
        catch (FieldException e)
        {
            return Malformed(line, number, e.Message);
        }
    }

    internal static MalformedEvent Malformed(ReadOnlySpan<byte> line, long number, string reason)
    {
        var text = new StringBuilder();
        foreach (var c in Encoding.UTF8.GetString(line[..Math.Min(line.Length, ExcerptLength)]))
            text.Append(char.IsControl(c) ? '·' : c);
        if (line.Length > ExcerptLength)
            text.Append('…');
        return new MalformedEvent(number, reason, text.ToString());
    }

    private static GuestEvent? Read(string name, JsonElement e) => name switch
    {
        "boot" => new BootEvent(Text(e, "release") ?? "", Text(e, "clocksource") ?? "", Number(e, "uptime") ?? 0, Number(e, "log")),
        "alive" => new AliveEvent(),
        "gave-up" => new GaveUpEvent(Text(e, "reason") ?? ""),
        "watchdog" => new WatchdogEvent(Number(e, "seconds")),
        "thread" => new ThreadEvent(Required(e, "text")),
        "hello" => new HelloEvent(
            Required(e, "schema"), Text(e, "profile") ?? "", Text(e, "release") ?? "", Text(e, "machine") ?? "",
            Text(e, "runtime") ?? "", Number(e, "t") ?? 0, Number(e, "uptime"))
        {
            Guest = Rounds(e, "guest"), Time = Number(e, "time"), Random = Text(e, "random"),
        },
        "live" => new LiveEvent(Table(e, "facts")),
        "plan" => new PlanEvent(Plan(e), Rounds(e, "rounds")),
        "start" => new StartEvent(Required(e, "id"), Number(e, "t") ?? 0, Rounds(e, "round")),
        "result" => new ResultEvent(Result(e)),
        "measure" => new MeasureEvent(Required(e, "what"), Text(e, "way") ?? Text(e, "how") ?? "", Number(e, "bytes") ?? 0),
        "hang" => new HangEvent(Required(e, "id"), Number(e, "deadline") ?? 0, Number(e, "t") ?? 0)
        {
            IsOfTheRun = Flag(e, "run"), Threads = Texts(e, "threads"),
        },
        "end" => new EndEvent(Count(e, "passed"), Count(e, "failed"), Count(e, "skipped"), Number(e, "seconds") ?? 0, Rounds(e, "rounds")),
        "programs" => new ProgramsEvent(Texts(e, "ids")),
        "program" => new ProgramEvent(Required(e, "id"), Number(e, "t") ?? 0),
        "output" => new OutputEvent(Required(e, "id"), Text(e, "text") ?? "", Number(e, "t") ?? 0),
        "ended" => new ProgramEndedEvent(Required(e, "id"), Ended(e)),
        "programs-end" => new ProgramsEndEvent(),
        "exit" => new ExitEvent(Count(e, "code"), (long?)Number(e, "taint"), Number(e, "log")),
        _ => null,
    };

    private static ProgramEnd Ended(JsonElement e) => new(Count(e, "status"), Number(e, "seconds") ?? 0, Number(e, "t") ?? 0)
    {
        Limit = Number(e, "late"), IsAlive = Flag(e, "alive"), Lost = (long)(Number(e, "lost") ?? 0),
    };

    private static ImmutableArray<PlannedTest> Plan(JsonElement e)
    {
        if (!e.TryGetProperty("tests", out var tests) || tests.ValueKind != JsonValueKind.Array)
            throw new FieldException("plan without a \"tests\" array");
        var plan = ImmutableArray.CreateBuilder<PlannedTest>(tests.GetArrayLength());
        foreach (var test in tests.EnumerateArray())
        {
            if (test.ValueKind != JsonValueKind.Object)
                throw new FieldException("plan holds something that is not a test");
            var id = Required(test, "id");
            plan.Add(new PlannedTest(
                id, Text(test, "name") ?? id, Text(test, "suite") ?? "", Text(test, "row"), Text(test, "feature"), Flag(test, "promise"))
            {
                Scenario = Text(test, "scenario"), Title = Text(test, "title"), About = Text(test, "about"),
            });
        }

        return plan.MoveToImmutable();
    }

    private static TestResult Result(JsonElement e)
    {
        var outcome = Required(e, "outcome") switch
        {
            "passed" => TestOutcome.Passed,
            "failed" => TestOutcome.Failed,
            "skipped" => TestOutcome.Skipped,
            var other => throw new FieldException($"unknown outcome '{other}'"),
        };
        return new TestResult(Required(e, "id"), outcome, Number(e, "seconds") ?? 0, Number(e, "t") ?? 0)
        {
            Message = Text(e, "message"),
            Stack = Text(e, "stack"),
            Reason = Text(e, "reason"),
            AsControl = Flag(e, "asControl"),
            IsWhole = Flag(e, "whole"),
            Round = Rounds(e, "round"),
            Expected = Table(e, "expected"),
            Observed = Table(e, "observed"),
        };
    }

    private static ImmutableSortedDictionary<string, string> Table(JsonElement e, string field)
    {
        if (!e.TryGetProperty(field, out var table) || table.ValueKind != JsonValueKind.Object)
            return Observables.Empty;
        var builder = Observables.Empty.ToBuilder();
        foreach (var entry in table.EnumerateObject())
            builder[entry.Name] = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : entry.Value.GetRawText();
        return builder.ToImmutable();
    }

    private static ImmutableArray<string> Texts(JsonElement e, string field) =>
        e.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => Value(item, field))]
            : [];

    private static string Required(JsonElement e, string field) =>
        Text(e, field) is { Length: > 0 } text ? text : throw new FieldException($"no \"{field}\" field");

    private static string? Text(JsonElement e, string field) =>
        e.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? Value(value, field) : null;

    private static string Value(JsonElement text, string field)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape (\ud800) is valid JSON but no text.
            throw new FieldException($"\"{field}\" holds an unpaired surrogate");
        }
    }

    private static double? Number(JsonElement e, string field) =>
        e.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    private static int Count(JsonElement e, string field) =>
        e.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count)
            ? count
            : throw new FieldException($"no whole number \"{field}\"");

    /// <summary>A round or a guest, or a number of them; 1 where nothing is said.</summary>
    private static int Rounds(JsonElement e, string field) => !e.TryGetProperty(field, out _) ? 1
        : Count(e, field) is > 0 and var rounds ? rounds : throw new FieldException($"\"{field}\" is below 1");

    private static bool Flag(JsonElement e, string field) =>
        e.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.True;

    private sealed class FieldException(string message) : Exception(message);
}
