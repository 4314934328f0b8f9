using System.Text;
using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;
using Spectre.Console;

namespace Faultline.Cli.Tests.Terminal;

/// <summary>The live display, fed with events that a run has: it shows them, and whatever happens to it the run goes on.</summary>
public sealed class TerminalProgressTests : IDisposable
{
    private readonly RecordingStream _stream = new();
    private readonly List<string> _said = [];

    public void Dispose() => _stream.Dispose();

    private static PhaseFinished Finished(string kernel, Phase phase, string reason = "series changed") => new(kernel, phase, 1.5, Cached: false, reason, LogPath: null, PhaseOutcome.Succeeded);

    private string Picture(int columns = 80) => string.Join('\n', TerminalPicture.Lines(_stream.Text, columns));

    private TerminalProgress Live(Func<int>? columns = null)
    {
        var screen = new Screen(_stream);
        var console = Console(screen, columns ?? (() => 80));
        return new TerminalProgress(_said.Add, new LiveView(console, screen), new PlainView(console));
    }

    private TextConsole Console(Screen screen, Func<int> columns)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(new StandardWriter(_stream, screen, quiet: true)), Ansi = AnsiSupport.Yes });
        console.Profile.Width = Consoles.Unlimited;
        return new TextConsole(console, columns);
    }

    /// <summary>The end of the last phase leaves nothing to show, which once ended every run on a terminal.</summary>
    [Fact]
    public void The_end_of_the_only_phase_is_a_line_and_nothing_else()
    {
        using (var progress = Live())
        {
            progress.Report(new PhaseStarted("base", Phase.Build));
            progress.Report(Finished("base", Phase.Build));
        }

        Assert.Empty(_said);
        Assert.Equal("base             build           1.5 s  series changed\n", Picture().Replace("\r", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Seconds_go_by_and_tests_are_counted_while_nothing_is_said()
    {
        using var progress = Live();
        progress.Report(new PhaseStarted("base", Phase.Test));
        progress.Report(new TestReported("base", new Harness.Results.TestResult("R1", TestOutcome.Passed, 0, 0), 57, 159));
        await _stream.UntilAsync(text => text.Contains("base\x1b[0m test 57 of 159 0 s", StringComparison.Ordinal));
        await _stream.UntilAsync(text => text.Contains("base\x1b[0m test 57 of 159 1 s", StringComparison.Ordinal));
        Assert.Equal(1, _stream.Text.Split("57 of 159 0 s").Length - 1);
    }

    [Fact]
    public async Task Whatever_programs_print_is_shown_and_never_obeyed()
    {
        using (var progress = Live())
        {
            progress.Report(new PhaseStarted("ba[red]se", Phase.Build));
            progress.Report(new PhaseOutput("ba[red]se", Phase.Build, "\x1b[31m[link]CC[/]\x1b[0m \x1b[2J\x1b]0;title\a mm/uffd.o ["));
            await _stream.UntilAsync(text => text.Contains("[link]CC[/] ^[[2J^[]0;title^G mm/uffd.o [", StringComparison.Ordinal));
            progress.Report(Finished("ba[red]se", Phase.Build, "because of [/] and \x1b[1A"));
        }

        Assert.Empty(_said);
        Assert.Contains("because of [/] and ^[[1A", Picture(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task A_status_never_wraps_also_after_the_window_was_resized(int columns)
    {
        var width = 200;
        using (var progress = Live(() => width))
        {
            for (var i = 0; i < 4; i++)
            {
                progress.Report(new PhaseStarted($"variant-{i}", Phase.Build));
                progress.Report(new PhaseOutput($"variant-{i}", Phase.Build, new string('x', 300)));
            }

            await _stream.UntilAsync(text => text.Contains("variant-3", StringComparison.Ordinal));
            width = columns;
            _stream.Clear();
            await _stream.UntilAsync(text => TerminalPicture.Statuses(text).Count > 2);
            Assert.All(TerminalPicture.Statuses(_stream.Text), status => Assert.InRange(status.Length, 20, columns - 1));
            for (var i = 0; i < 4; i++)
                progress.Report(Finished($"variant-{i}", Phase.Build, "ok"));
        }

        Assert.Equal(4, Picture(columns).Split("1.5 s").Length - 1);
    }

    [Fact]
    public async Task A_line_printed_meanwhile_takes_the_place_of_the_status()
    {
        var screen = new Screen(_stream);
        var console = Console(screen, () => 80);
        using (var progress = new TerminalProgress(_said.Add, new LiveView(console, screen)))
        {
            progress.Report(new PhaseStarted("base", Phase.Build));
            await _stream.UntilAsync(text => text.Contains("base", StringComparison.Ordinal));
            console.WriteLine("artifacts/kernels/base/bzImage");
            console.Write("half a ", Style.Plain);
            await Task.Delay(500, TestContext.Current.CancellationToken);
            console.WriteLine("line");
        }

        Assert.Equal("artifacts/kernels/base/bzImage\nhalf a line\n", Picture());
    }

    public static TheoryData<string> Failures => ["Task name cannot be empty", "EPIPE", "no such markup '[/]'", "\x1b[2J"];

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_display_that_fails_gives_way_to_plain_lines_and_says_so_once(string message)
    {
        var lines = new List<string>();
        using (var progress = new TerminalProgress(_said.Add, new FailingView(() => throw new InvalidOperationException(message)), new ListView(lines)))
        {
            progress.Report(new PhaseStarted("base", Phase.Build));
            progress.Report(Finished("base", Phase.Build));
            progress.Report(Finished("base", Phase.Extract));
        }

        Assert.Equal($"faultline: the live display failed, plain lines follow: InvalidOperationException: {Printable.Of(message)}", Assert.Single(_said));
        // Nothing is lost: the plain lines begin with the one that failed.
        Assert.Equal(["Build", "Extract"], lines);
    }

    [Fact]
    public async Task A_display_that_fails_between_two_events_gives_way_too()
    {
        var lines = new List<string>();
        using var progress = new TerminalProgress(_said.Add, new FailingView(() => throw new IOException("Input/output error"), onTickOnly: true), new ListView(lines));
        progress.Report(new PhaseStarted("base", Phase.Build));
        while (_said.Count == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        progress.Report(Finished("base", Phase.Build));
        Assert.Equal(["Build"], lines);
    }

    [Fact]
    public void When_everything_fails_the_run_goes_on_without_a_display()
    {
        FailingView Fails() => new(() => throw new IOException("Broken pipe"));
        using var progress = new TerminalProgress(_ => throw new IOException("Broken pipe"), Fails(), Fails());
        progress.Report(new PhaseStarted("base", Phase.Build));
        progress.Report(Finished("base", Phase.Build));
        progress.Report(Finished("base", Phase.Extract));
    }

    [Fact]
    public void A_terminal_that_is_gone_takes_messages_in_silence_and_results_with_a_failure()
    {
        using var gone = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        new StandardWriter(gone, new Screen(gone), quiet: true).WriteLine("message");
        var e = Assert.Throws<OutputLostException>(() => new StandardWriter(gone, screen: null, quiet: false).WriteLine("result"));
        Assert.Contains("standard output cannot be written", e.Message, StringComparison.Ordinal);
    }

    private sealed class FailingView(Action fail, bool onTickOnly = false) : IProgressView
    {
        public TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(onTickOnly ? 10 : 1000);

        public void Finished(PhaseFinished phase, IReadOnlyList<RunningPhase> running) => fail();

        public void Tick(IReadOnlyList<RunningPhase> running) => fail();

        public void End() => fail();
    }

    private sealed class ListView(List<string> lines) : IProgressView
    {
        public TimeSpan Interval { get; } = TimeSpan.FromSeconds(20);

        public void Finished(PhaseFinished phase, IReadOnlyList<RunningPhase> running) => lines.Add(phase.Phase.ToString());

        public void Tick(IReadOnlyList<RunningPhase> running)
        {
        }

        public void End()
        {
        }
    }

    private sealed class RecordingStream : MemoryStream
    {
        private readonly Lock _gate = new();

        public string Text
        {
            get
            {
                lock (_gate)
                    return Encoding.UTF8.GetString(ToArray());
            }
        }

        public void Clear()
        {
            lock (_gate)
                SetLength(0);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            lock (_gate)
                base.Write(buffer.ToArray(), 0, buffer.Length);
        }

        public async Task UntilAsync(Func<string, bool> condition)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (!condition(Text))
                await Task.Delay(20, limit.Token);
        }
    }
}
