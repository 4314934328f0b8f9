using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Faultline.Machine;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>Runs the suite on this machine's own kernel: the same suite, events and rules, without engine and QEMU.</summary>
/// <param name="runs">Each run's logs are kept in a folder of its name.</param>
internal sealed class HostSuiteRunner(string runs)
{
    public async Task<SuiteResult> RunAsync(SuiteRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        progress = new IdentifiedProgress(progress, request.Id, request.Run);
        var folder = Path.Combine(runs, request.Run);
        Directory.CreateDirectory(folder);
        var logs = GuestLogs.In(folder, request.Run);
        var profile = Path.Combine(folder, "profile.json");
        await File.WriteAllTextAsync(profile, request.Profile, cancellation);
        var phases = new PhaseRecorder(progress);
        var lastLine = (await KernelLogAsync(cancellation))?.LastOrDefault();

        using var run = new RunProgress(phases, request.Kernel, "this machine's own kernel", done: 0, cancellation);
        var clock = Stopwatch.StartNew();
        var boot = new BootEvent(
            ReadLine("/proc/sys/kernel/osrelease") ?? "", ReadLine("/sys/devices/system/clocksource/clocksource0/current_clocksource") ?? "",
            Environment.TickCount64 / 1000.0);
        run.Add(boot, 0);
        var taint = Taint();
        var queue = new ProcessQueue();
        var ending = await ExecuteAsync(request, profile, logs, run, clock, queue, cancellation);
        if (run.Record.Exit is { } exit)
            run.Add(exit with { Taint = Taint() & ~taint }, clock.Elapsed.TotalSeconds);
        run.Complete();

        var log = KernelLog.Empty;
        if (await KernelLogAsync(cancellation) is { } lines)
        {
            var mine = string.Join('\n', lastLine is null ? lines : lines.SkipWhile(line => line != lastLine).Skip(1)) + "\n";
            await File.WriteAllTextAsync(logs["console"], mine, cancellation);
            log = KernelLogScanner.Scan(mine);
        }

        var evidence = new RunEvidence(run.Record, log with { Started = true }, ending) { Host = queue.Load(clock.Elapsed) };
        var accelerator = new Accelerator(
            AcceleratorChoice.Host, AcceleratorKind.Host, "the suite ran on this machine's own kernel", boot.Clocksource);
        var kept = new RunLogs(request.Owner, logs.ToImmutableDictionary());
        return SuiteJudge.Judge(request, evidence, accelerator, SuiteRunner.SuitePhases(phases), kept, cached: false)
            with { FirstTestSeconds = run.FirstTestSeconds };
    }

    private static async Task<GuestEnding> ExecuteAsync(
        SuiteRequest request, string profile, Dictionary<string, string> logs, RunProgress run, Stopwatch clock, ProcessQueue queue, CancellationToken cancellation)
    {
        const int realCpu = 1;
        var seconds = request.Deadlines.RunSeconds(realCpu);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var events = File.Create(logs["events"]);
        await using var output = File.Create(logs["payload"]);
        var reader = new EventStreamReader();
        try
        {
            var suite = Cli.Wrap(PublishedPayload.ProgramIn(request.Payload))
                .WithArguments(
                [
                    "--profile", profile, "--events", "-",
                    "--test-deadline", Text(Deadlines.TestSeconds(realCpu)), "--run-deadline", Text(seconds),
                    .. request.Rounds.Arguments, .. PayloadFolder.FilterArguments(request.Filters),
                ])
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.Create(async (stream, token) =>
                {
                    var buffer = new byte[64 * 1024];
                    for (int read; (read = await stream.ReadAsync(buffer, token)) > 0;)
                    {
                        events.Write(buffer.AsSpan(0, read));
                        foreach (var e in reader.Push(buffer.AsSpan(0, read)))
                            run.Add(e, clock.Elapsed.TotalSeconds);
                    }
                }))
                .WithStandardErrorPipe(PipeTarget.ToStream(output))
                .ExecuteAsync(deadline.Token);
            var watching = queue.CancelAfterAsync(suite.ProcessId, TimeSpan.FromSeconds(seconds) + request.KillMargin, deadline);
            var result = await suite;
            await deadline.CancelAsync();
            await watching;
            foreach (var e in reader.Complete())
                run.Add(e, clock.Elapsed.TotalSeconds);
            run.Add(new ExitEvent(result.ExitCode), clock.Elapsed.TotalSeconds);
            return GuestEnding.Stopped;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            foreach (var e in reader.Complete())
                run.Add(e, clock.Elapsed.TotalSeconds);
            return GuestEnding.Deadline;
        }
    }

    /// <summary>The kernel's log; null where it may not be read.</summary>
    private static async Task<List<string>?> KernelLogAsync(CancellationToken cancellation)
    {
        if (HostProgram.Dmesg.Find() is not { } dmesg)
            return null;
        var result = await Cli.Wrap(dmesg).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellation);
        return result.ExitCode == 0 ? [.. result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)] : null;
    }

    private static string? ReadLine(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The kernel's taint flags. Those it had before the suite are not the suite's.</summary>
    private static long Taint() => long.TryParse(ReadLine("/proc/sys/kernel/tainted"), CultureInfo.InvariantCulture, out var flags) ? flags : 0;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
