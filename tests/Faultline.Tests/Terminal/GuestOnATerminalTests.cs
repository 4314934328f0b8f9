using System.Diagnostics;
using Docker.DotNet;
using Docker.DotNet.Models;
using Faultline.Harness.Docker;

namespace Faultline.Cli.Tests.Terminal;

/// <summary>Real guests on a real pseudo-terminal, and the README's first command.</summary>
[Trait("needs", "engine")]
[Trait("needs", "guest")]
public sealed class GuestOnATerminalTests : IDisposable
{
    private const string ErasedBelow = "\x1b[J";

    /// <summary>Long, for the volume may be another test's for minutes.</summary>
    private static readonly TimeSpan OtherTestsTurn = TimeSpan.FromMinutes(40);

    private readonly Checkout _checkout = new(withBase: true);

    private static string Faultline => Command.File;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string[] Base => ["test", "--variant", "base", "--filter", "row=R6", "--fresh", "--root", _checkout.Folder];

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [InlineData(40, "NO_COLOR", null)]
    [InlineData(80, "NO_COLOR", "1")]
    [InlineData(200, "LC_ALL", "C")]
    public async Task A_guest_is_shown_on_a_status_line_and_its_verdict_below(int columns, string variable, string? value)
    {
        using var terminal = PseudoTerminal.OfCommand(columns, Base, new Dictionary<string, string?> { [variable] = value });
        var result = await terminal.EndAsync(OtherTestsTurn);
        Assert.True(result.ExitCode == 0, terminal.Shown);
        Assert.All(TerminalPicture.Statuses(terminal.Shown), status => Assert.InRange(status.Length, 1, columns - 1));
        Assert.Contains(TerminalPicture.Statuses(terminal.Shown), status => status.Contains("base boot", StringComparison.Ordinal));
        var lines = TerminalPicture.Lines(terminal.Shown, columns);
        Assert.Contains(lines, line => line.StartsWith("base             test", StringComparison.Ordinal));
        // One kernel's table fits 80 columns or not, by the length of its release.
        Assert.Contains(lines, line => (columns < 100 && line == "base: pass")
            || (columns > 40 && line.StartsWith("| base   | 6.1.", StringComparison.Ordinal)));
        Assert.StartsWith("verdict: pass (exit 0) after", string.Join(' ', lines.SkipWhile(line => !line.StartsWith("verdict:", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.DoesNotContain("display failed", terminal.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_typed_while_a_guest_runs_leaves_no_container()
    {
        using var terminal = PseudoTerminal.OfCommand(80, Base);
        await GuestAsync(terminal);
        terminal.Type(3);
        var result = await terminal.EndAsync(TimeSpan.FromSeconds(30));
        Assert.True(result.ExitCode == 130, terminal.Shown);
        Assert.Empty(await ContainersAsync(terminal.ProcessId));
    }

    /// <summary>timeout(1) sends two signals at once, which were taken for an impatient second Ctrl-C: the guest stayed.</summary>
    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    [InlineData("HUP", 129)]
    public async Task Timeout_leaves_no_container(string signal, int code)
    {
        using var terminal = UnderTimeout(signal);
        // Some of the suite has run and the rest takes minutes: whatever the machine's speed, the guest is at work.
        await terminal.UntilShownAsync(
            shown => TerminalPicture.Statuses(shown).Any(status => status.Contains("base test ", StringComparison.Ordinal)),
            OtherTestsTurn);
        PassOn(terminal, signal);
        await EndedAsync(terminal, code);
        Assert.DoesNotContain(await OwnedAsync(), container => container.Guest.Contains("-guest-base-", StringComparison.Ordinal)
            && !Directory.Exists($"/proc/{container.Owner}"));
    }

    /// <summary>
    /// timeout(1) makes its command a background of the terminal. There the kernel stops a process group of which one process sets
    /// the terminal, as .NET does on SIGCONT: all stood still until it was killed, with luck on one machine and seldom on another.
    /// </summary>
    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    [InlineData("HUP", 129)]
    public async Task Timeout_ends_it_while_the_suite_is_compiled(string signal, int code)
    {
        if (Directory.Exists(_checkout.Of("artifacts", "payload")))
            Directory.Delete(_checkout.Of("artifacts", "payload"), recursive: true);
        using var terminal = UnderTimeout(signal);
        await terminal.UntilShownAsync(
            shown => TerminalPicture.Statuses(shown).Any(status => status.Contains("payload 1 s", StringComparison.Ordinal)), OtherTestsTurn);
        PassOn(terminal, signal);
        await EndedAsync(terminal, code);
        Assert.Matches("payload +cancelled", terminal.Shown);
    }

    /// <summary>As README says it. What it builds and boots is cached when the rest of the tests has run, and its report is the same one.</summary>
    [Fact]
    public async Task The_first_command_of_the_README_works_on_a_terminal()
    {
        using var terminal = new PseudoTerminal(80, [Path.Combine(Command.Root, "build.sh")], PseudoTerminal.Usual());
        var result = await terminal.EndAsync(OtherTestsTurn);
        Assert.True(result.ExitCode == 0, terminal.Shown);
        // Before that, dotnet draws in ways of its own while it compiles: it erases what is below the cursor, which Faultline never does.
        var faultline = terminal.Shown.Split(ErasedBelow)[^1];
        var lines = TerminalPicture.Lines(faultline, 80);
        Assert.Contains("wp-zeropage: pass", lines);
        Assert.Contains(lines, line => line.StartsWith("verdict: pass (exit 0) after", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mistake_has_its_own_code_through_the_front_door()
    {
        using var terminal = new PseudoTerminal(80, [Path.Combine(Command.Root, "build.sh"), "run", "--", "--variant", "nosuch"], PseudoTerminal.Usual());
        var result = await terminal.EndAsync(OtherTestsTurn);
        Assert.True(result.ExitCode == 2, terminal.Shown);
        Assert.Contains("'nosuch'", terminal.Shown, StringComparison.Ordinal);
    }

    private PseudoTerminal UnderTimeout(string signal) => new(
        80,
        [
            "sh", "-c", "timeout --preserve-status --signal=$0 --kill-after=40 \"$@\"; echo \"ended $?\"",
            // Longer than any machine takes to get there; the test ends it by a signal to timeout itself.
            signal, "3000", Faultline, .. Base, "--repeat", "100000",
        ],
        PseudoTerminal.Usual());

    /// <summary>A signal to timeout(1), which passes it on to its command and to the group, as at the end of its time.</summary>
    private static void PassOn(PseudoTerminal terminal, string signal)
    {
        var timeout = File.ReadAllText($"/proc/{terminal.ProcessId}/task/{terminal.ProcessId}/children").Trim();
        using var kill = Process.Start("kill", [$"-{signal}", timeout]);
    }

    private static async Task EndedAsync(PseudoTerminal terminal, int code)
    {
        await terminal.UntilShownAsync(shown => shown.Contains($"ended {code}", StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        Assert.Contains("faultline: interrupted; no container is left", terminal.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("faultline: quit;", terminal.Shown, StringComparison.Ordinal);
    }

    private static async Task GuestAsync(PseudoTerminal terminal)
    {
        await terminal.UntilShownAsync(shown => shown.Contains("boot", StringComparison.Ordinal), OtherTestsTurn);
        while (!(await ContainersAsync(terminal.ProcessId)).Any(container => container.State == "running"))
            await Task.Delay(100, Token);
    }

    private static async Task<IReadOnlyList<ContainerListResponse>> ContainersAsync(int process) =>
        [.. (await OwnedAsync()).Where(container => container.Owner == $"{process}").Select(container => container.Container)];

    /// <summary>Every container that names in its label the process that started it.</summary>
    private static async Task<IReadOnlyList<(string Owner, string Guest, ContainerListResponse Container)>> OwnedAsync()
    {
        using var engine = await ContainerEngine.ConnectAsync(Token);
        using var client = new DockerClientBuilder().WithEndpoint(engine.Endpoint.Uri).Build();
        var all = await client.Containers.ListContainersAsync(new ContainersListParameters { All = true }, Token);
        return [.. all.Where(c => c.Labels.ContainsKey("org.faultline.owner"))
            .Select(c => (c.Labels["org.faultline.owner"].Split('/')[2], string.Concat(c.Names), c))];
    }
}
