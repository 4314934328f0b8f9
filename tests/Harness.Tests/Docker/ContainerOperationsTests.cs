using System.Diagnostics;
using System.Text;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

[Trait("needs", "engine")]
public class ContainerOperationsTests(EngineFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Unique() => "t" + Guid.NewGuid().ToString("N")[..10];

    private async Task<(ContainerExit Exit, string Out, string Err)> RunAsync(ContainerSpec spec)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var exit = await (await fixture.EngineAsync()).Containers.RunAsync(
            spec, l => (l.Stream == OutputStream.StandardOutput ? output : error).AppendLine(l.Text), Token);
        return (exit, output.ToString(), error.ToString());
    }

    [Fact]
    public async Task Standard_output_and_error_arrive_apart_and_in_order()
    {
        var (exit, output, error) = await RunAsync(await fixture.ShellAsync("echo one; echo log >&2; echo two; printf last"));
        Assert.Equal(0, exit.Code);
        Assert.Equal("one\ntwo\nlast\n", output);
        Assert.Equal("log\n", error);
        Assert.Equal(4, exit.Tail.Count);
    }

    [Fact]
    public async Task Is_removed_after_success()
    {
        var name = Unique();
        await RunAsync(await fixture.ShellAsync("true", name));
        Assert.Empty(await fixture.ContainersAsync(name));
    }

    [Fact]
    public async Task Is_removed_after_a_failure_whose_exception_carries_the_evidence()
    {
        var name = Unique();
        var spec = await fixture.ShellAsync("echo the reason >&2; exit 7", name);
        var engine = await fixture.EngineAsync();
        var failure = await Assert.ThrowsAsync<ContainerFailedException>(() => engine.Containers.RunCheckedAsync(spec, null, Token));
        Assert.Equal(7, failure.ExitCode);
        Assert.Contains(name, failure.Container, StringComparison.Ordinal);
        Assert.Contains("the reason", failure.Tail);
        Assert.Contains("the reason", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await fixture.ContainersAsync(name));
    }

    [Theory]
    [InlineData(true, "from outside")]
    [InlineData(false, "was killed from outside (SIGKILL)")]
    public async Task Whoever_ends_it_from_outside_is_named(bool removed, string words)
    {
        var name = Unique();
        var spec = await fixture.ShellAsync("echo ready; sleep 60", name);
        var engine = await fixture.EngineAsync();
        var failure = await Assert.ThrowsAsync<ContainerFailedException>(() => engine.Containers.RunCheckedAsync(
            spec, _ => Task.Run(() => removed ? fixture.RemoveContainersAsync(name) : fixture.KillAsync(name)), Token));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Contains("Run again", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("exit code", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await fixture.ContainersAsync(name));
    }

    [Fact]
    public async Task A_deadline_that_no_timer_takes_is_none()
    {
        var spec = (await fixture.ShellAsync("true")) with { Deadline = TimeSpan.FromDays(400) };
        Assert.Equal(0, (await RunAsync(spec)).Exit.Code);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_named()
    {
        var name = Unique();
        var spec = (await fixture.ShellAsync("true", name)) with { Command = ["/no/such/program"] };
        var engine = await fixture.EngineAsync();
        var failure = await Assert.ThrowsAsync<ContainerFailedException>(() => engine.Containers.RunCheckedAsync(spec, null, Token));
        Assert.Equal(127, failure.ExitCode);
        Assert.Contains(failure.Tail, l => l.Contains("/no/such/program", StringComparison.Ordinal));
        Assert.Empty(await fixture.ContainersAsync(name));
    }

    [Fact]
    public async Task Is_removed_when_the_engine_cannot_start_it()
    {
        var name = Unique();
        var spec = (await fixture.ShellAsync("true", name)) with { Devices = ["/dev/no-such-device"] };
        var engine = await fixture.EngineAsync();
        var failure = await Assert.ThrowsAsync<ContainerFailedException>(() => engine.Containers.RunAsync(spec, cancellation: Token));
        Assert.Null(failure.ExitCode);
        Assert.Contains("/dev/no-such-device", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await fixture.ContainersAsync(name));
    }

    [Fact]
    public async Task Is_stopped_and_removed_on_cancellation()
    {
        var name = Unique();
        var spec = await fixture.ShellAsync("echo up; sleep 600", name);
        var engine = await fixture.EngineAsync();
        using var source = new CancellationTokenSource();
        var clock = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => engine.Containers.RunAsync(spec, _ => source.Cancel(), source.Token));
        Assert.Empty(await fixture.ContainersAsync(name));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"took {clock.Elapsed}");
    }

    [Fact]
    public async Task Is_stopped_and_removed_at_its_deadline_with_what_it_printed()
    {
        var name = Unique();
        var spec = (await fixture.ShellAsync("echo still here; sleep 600", name)) with { Deadline = TimeSpan.FromSeconds(1) };
        var engine = await fixture.EngineAsync();
        var late = await Assert.ThrowsAsync<ContainerDeadlineException>(() => engine.Containers.RunAsync(spec, cancellation: Token));
        Assert.Contains("still here", late.Tail);
        Assert.Empty(await fixture.ContainersAsync(name));
    }

    [Fact]
    public async Task Has_no_network_but_its_own_loopback()
    {
        var (_, output, _) = await RunAsync(await fixture.ShellAsync("ls /sys/class/net"));
        Assert.Equal("lo\n", output);
    }

    [Fact]
    public async Task Has_no_capabilities_and_cannot_gain_any()
    {
        var (_, output, _) = await RunAsync(await fixture.ShellAsync("grep -E '^(CapEff|CapBnd|CapPrm|NoNewPrivs)' /proc/self/status"));
        foreach (var set in (string[])["CapPrm", "CapEff", "CapBnd"])
            Assert.Contains($"{set}:\t0000000000000000", output, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bind_is_read_only_unless_said_otherwise()
    {
        using var folder = new TemporaryFolder();
        folder.Write("given", "content");
        var spec = (await fixture.ShellAsync("cat /given/given; touch /given/new")) with { Mounts = [ContainerMount.Bind(folder.Path, "/given")] };
        var (exit, output, error) = await RunAsync(spec);
        Assert.NotEqual(0, exit.Code);
        Assert.Equal("content\n", output);
        Assert.Contains("Read-only file system", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Of("new")));
    }

    [Fact]
    public async Task What_is_copied_out_belongs_to_the_calling_user_and_what_is_copied_in_is_there()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/deep/a.txt", "alpha");
        // Another user than the caller writes it: the copy must still be the caller's.
        var spec = (await fixture.ShellAsync("mkdir /tmp/out && cat /tmp/in/deep/a.txt /tmp/b > /tmp/out/sum && chmod 600 /tmp/out/sum")) with
        {
            User = "4321:4321",
            Inputs = [ContainerInput.FromHost(folder.Of("in"), "/tmp/in"), ContainerInput.FromText("beta", "/tmp/b")],
            Outputs = [new ContainerOutput("/tmp/out", folder.Of("out")), new ContainerOutput("/tmp/none", folder.Of("none"), Optional: true)],
        };
        var (exit, _, error) = await RunAsync(spec);
        Assert.True(exit.Code == 0, error);
        Assert.Equal("alphabeta", File.ReadAllText(folder.Of("out", "sum")));
        var owner = Process.Start(new ProcessStartInfo("stat", ["-c", "%u", folder.Of("out", "sum")]) { RedirectStandardOutput = true })!;
        var caller = Process.Start(new ProcessStartInfo("id", ["-u"]) { RedirectStandardOutput = true })!;
        Assert.Equal(await caller.StandardOutput.ReadToEndAsync(Token), await owner.StandardOutput.ReadToEndAsync(Token));
    }

    [Fact]
    public async Task A_missing_output_is_an_error_that_names_it()
    {
        using var folder = new TemporaryFolder();
        var spec = (await fixture.ShellAsync("true")) with { Outputs = [new ContainerOutput("/tmp/result", folder.Of("result"))] };
        var engine = await fixture.EngineAsync();
        var failure = await Assert.ThrowsAsync<ContainerFailedException>(() => engine.Containers.RunAsync(spec, cancellation: Token));
        Assert.Contains("/tmp/result", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Of("result")));
    }

    [Fact]
    public async Task Standard_input_reaches_the_program_and_ends()
    {
        var spec = (await fixture.ShellAsync("wc -c")) with { StandardInput = Encoding.UTF8.GetBytes("12345") };
        var (_, output, _) = await RunAsync(spec);
        Assert.Equal("5\n", output);
    }
}
