using System.Text.Json;
using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;
using TestResult = Faultline.Harness.Results.TestResult;

namespace Faultline.Cli.Tests.Terminal;

public sealed class JsonProgressTests
{
    [Fact]
    public void Every_event_there_is_can_be_written()
    {
        var events = typeof(HarnessEvent).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(HarnessEvent))).ToList();
        Assert.Contains(typeof(PhaseFinished), events);
        Assert.All(events, type => Assert.NotNull(JsonProgressContext.Default.GetTypeInfo(type)));
    }

    [Fact]
    public void A_test_is_told_with_what_it_saw_and_words_for_outcomes()
    {
        var result = new TestResult("R01-x", TestOutcome.Failed, 0.25, 1.5)
        {
            Message = "\"quoted\"", Observed = Observables.Empty.Add("fault", "none"),
        };
        var told = Written(json => json.Report(new TestReported("base", result, 3, 7) { Cell = "base" }));
        Assert.Equal(
            ("TestReported", "base", "test", "base", 3, 7),
            (Text(told, "event"), Text(told, "kernel"), Text(told, "phase"), Text(told, "cell"), told.GetProperty("done").GetInt32(),
                told.GetProperty("planned").GetInt32()));
        var test = told.GetProperty("result");
        Assert.Equal(("R01-x", "failed", "\"quoted\""), (Text(test, "id"), Text(test, "outcome"), Text(test, "message")));
        Assert.Equal("none", Text(test.GetProperty("observed"), "fault"));
        Assert.False(test.TryGetProperty("stack", out _));
    }

    [Fact]
    public void Waiting_for_another_command_is_a_line_too() =>
        Assert.Equal("""{"event":"Waiting","reason":"others work"}""", Written(json => json.Wait("others work")).GetRawText());

    private static JsonElement Written(Action<JsonProgress> act)
    {
        var text = new StringWriter();
        act(new JsonProgress(text));
        return JsonDocument.Parse(Assert.Single(text.ToString().TrimEnd('\n').Split('\n'))).RootElement;
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
