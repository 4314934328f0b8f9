using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;
using Faultline.Harness.Tests.Results;

namespace Faultline.Harness.Tests.Guest;

/// <summary>The suite on this machine's own kernel, with a script in the place of its program.</summary>
public sealed class HostSuiteRunnerTests : IDisposable
{
    private static readonly string Plan = $$"""{"event":"plan","tests":[{{string.Join(',', ((string[])["R1", "R2", "R3"]).Select(id =>
        $$"""{"id":"{{id}}","name":"{{id}}","suite":"scenario","promise":false}"""))}}]}""";

    private readonly TemporaryFolder _folder = new();
    private readonly RecordedProgress _progress = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_test_that_takes_the_suite_down_does_not_cost_the_others()
    {
        var result = await RunAsync($"""
            case "$*" in
            *"--guest 2 --round 1 --done R1 --without R2"*) say '{Streams.Start("R3")}' '{Streams.Result("R3")}' '{Streams.End(1)}' ;;
            *--guest*) exit 9 ;;
            *) say '{Streams.Start("R1")}' '{Streams.Result("R1")}' '{Streams.Start("R2")}'; kill -SEGV $$ ;;
            esac
            """);
        Assert.Equal(VerdictKind.Failed, result.Verdict.Kind);
        Assert.Equal(["R1", "R3"], result.Record.Results.Select(test => test.Id));
        Assert.Equal(["R2"], result.Record.Losses.Keys);
        Assert.Equal(2, result.Record.Guests);
        Assert.Contains("events.guest-2", result.Logs.Files.Keys);
        Assert.Contains(_progress.Events.OfType<PhaseFinished>(), phase => phase.Reason == "behind R2");
        Assert.StartsWith("ended process 1: ", result.Record.Losses["R2"].ToString(), StringComparison.Ordinal);
        Assert.Contains("the run took 2 processes: where a test ended one, the next went on behind it.", result.Notes);
        AssertNoGuestIsNamed(result);
    }

    [Fact]
    public async Task One_that_comes_no_further_is_given_up()
    {
        var result = await RunAsync($"say '{Streams.Start("R1")}'; kill -SEGV $$");
        Assert.Empty(result.Record.Results);
        Assert.Equal(2, result.Record.Guests);
        Assert.Contains(result.Notes, note => note.StartsWith("process 2 came to no other test", StringComparison.Ordinal));
        AssertNoGuestIsNamed(result);
    }

    /// <summary>There is none on this machine's own kernel.</summary>
    private static void AssertNoGuestIsNamed(SuiteResult result) => Assert.DoesNotContain(
        [result.Verdict.Summary, .. result.Verdict.Reasons, .. result.Notes],
        line => line.Contains("guest", StringComparison.Ordinal));

    private Task<SuiteResult> RunAsync(string body)
    {
        var program = _folder.Write(
            $"payload/{PublishedPayload.Program}",
            $"#!/bin/sh\nsay() {{ printf '%s\\n' \"$@\"; }}\nsay '{Streams.Hello}' '{Plan}'\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        var request = new SuiteRequest { Kernel = "running", Payload = _folder.Of("payload"), Profile = "{}", Filters = [] };
        return new HostSuiteRunner(_folder.Of("runs")).RunAsync(request, _progress, TestContext.Current.CancellationToken);
    }
}
