using System.Text.Json;
using Faultline.Cli.Terminal;
using Faultline.Harness.Progress;

namespace Faultline.Cli.Tests.Terminal;

/// <summary>Kernels of one name at work at the same time.</summary>
public class RunningPhasesTests
{
    [Fact]
    public void Two_kernels_of_one_name_are_two()
    {
        var running = new RunningPhases();
        var both = new TakingProgress(running);
        var (plain, debug) = (new IdentifiedProgress(both, "base"), new IdentifiedProgress(both, "base.debug-1a2b3c4d"));
        var first = new PhaseScope(plain, "base", Phase.Build, "");
        using var second = new PhaseScope(debug, "base", Phase.Build, "");
        second.Output("CC mm/memory.o");
        first.Succeed();
        var left = Assert.Single(running.Snapshot());
        Assert.Equal(("base.debug-1a2b3c4d", "CC mm/memory.o"), (left.Id, left.LastLine));
    }

    [Fact]
    public void Every_line_of_json_says_which_kernel_it_is_about_where_there_is_one()
    {
        var text = new StringWriter();
        var json = new JsonProgress(text);
        PhaseScope.Skip(new IdentifiedProgress(json, "base.debug-1a2b3c4d"), "base", Phase.Build, "unchanged");
        PhaseScope.Skip(json, "report", Phase.Report, "");
        var events = text.ToString().TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(events[..2], line => Assert.Equal(
            ("base", "base.debug-1a2b3c4d"), (line.GetProperty("kernel").GetString(), line.GetProperty("id").GetString())));
        Assert.All(events[2..], line => Assert.False(line.TryGetProperty("id", out _)));
    }

    private sealed class TakingProgress(RunningPhases running) : IProgress<HarnessEvent>
    {
        public void Report(HarnessEvent value) => running.Take(value);
    }
}
