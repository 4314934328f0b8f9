using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Faultline.Machine;
using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>Runs the suite on this machine's own kernel: the same suite, events and rules, without engine and QEMU.</summary>
/// <param name="runs">Each run's logs are kept in a folder of its name.</param>
internal sealed class HostSuiteRunner(string runs)
{
    /// <summary>A test that takes the suite down ends one process; the next one goes on behind it, as guests do.</summary>
    public async Task<SuiteResult> RunAsync(
        SuiteRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        progress = new IdentifiedProgress(progress, request.Id, request.Run);
        var folder = Path.Combine(runs, request.Run);
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.EnumerateFiles(folder, $"{request.Run}.guest-*"))
            File.Delete(old);
        var profile = Path.Combine(folder, "profile.json");
        await File.WriteAllTextAsync(profile, request.Profile, cancellation);
        var phases = new PhaseRecorder(progress);
        var clock = Stopwatch.StartNew();
        var processes = new List<HostProcess>();
        Remainder? next = null;
        string? givenUp;
        do
        {
            processes.Add(await RunAsync(request, next, processes, profile, folder, phases, clock, cancellation));
            (next, givenUp) = After(processes, request.Rounds);
        }
        while (next is not null);

        var first = processes[0];
        var accelerator = new Accelerator(
            AcceleratorChoice.Host, AcceleratorKind.Host, "the suite ran on this machine's own kernel",
            first.Evidence.Record.Boot!.Clocksource);
        var kept = new RunLogs(request.Owner, processes.SelectMany((process, at) => process.Logs
            .Select(log => (Key: GuestLogs.KeyOf(log.Key, at + 1), log.Value))).ToImmutableDictionary(log => log.Key, log => log.Value));
        var evidence = JoinedRun.Of([.. processes.Select(process => process.Evidence)]) with { GivenUp = givenUp };
        return SuiteJudge.Judge(request, evidence, accelerator, SuiteRunner.SuitePhases(phases), kept, cached: false)
            with { FirstTestSeconds = first.FirstTestSeconds };
    }

    /// <summary>What guests would go on with; a kernel that complained is not asked for more, for this machine lives on it.</summary>
    private static (Remainder? Next, string? GivenUp) After(List<HostProcess> processes, SuiteRounds rounds)
    {
        var latest = processes[^1].Evidence;
        if (latest.Ending != GuestEnding.Stopped)
            return (null, null);
        var (next, givenUp) = Continuation.After([.. processes.Select(process => process.Evidence)], rounds);
        return next is not null && (!latest.Log.Splats.IsEmpty || latest.Record.Exit is { Taint: not 0 })
            ? (null, "this machine's kernel complained, and is asked for no more") : (next, givenUp);
    }

    /// <param name="left">What earlier processes of the run left to do; null for the first.</param>
    private static async Task<HostProcess> RunAsync(
        SuiteRequest request, Remainder? left, List<HostProcess> earlier, string profile, string folder, PhaseRecorder phases,
        Stopwatch clock, CancellationToken cancellation)
    {
        var began = clock.Elapsed;
        var logs = GuestLogs.In(folder, left is null ? request.Run : $"{request.Run}.guest-{left.Guest}");
        var lastLine = (await KernelLogAsync(cancellation))?.LastOrDefault();
        var reason = left is null ? "this machine's own kernel"
            : $"behind {earlier[^1].Evidence.Record.InFlight.FirstOrDefault() ?? "what ended the suite"}";
        using var run = new RunProgress(
            phases, request.Kernel, reason, earlier.Sum(process => process.Evidence.Record.Each.Length), cancellation);
        var boot = new BootEvent(
            ReadLine("/proc/sys/kernel/osrelease") ?? "",
            ReadLine("/sys/devices/system/clocksource/clocksource0/current_clocksource") ?? "",
            Environment.TickCount64 / 1000.0);
        run.Add(boot, clock.Elapsed.TotalSeconds);
        var taint = Taint();
        var queue = new ProcessQueue();
        var ending = await ExecuteAsync(request, left, profile, logs, run, clock, queue, cancellation);
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

        var evidence = new RunEvidence(run.Record, log with { Started = true }, ending)
        {
            Host = queue.Load(clock.Elapsed - began), OnHost = true,
        };
        return new HostProcess(evidence, logs, run.FirstTestSeconds);
    }

    private static async Task<GuestEnding> ExecuteAsync(
        SuiteRequest request, Remainder? left, string profile, Dictionary<string, string> logs, RunProgress run, Stopwatch clock,
        ProcessQueue queue, CancellationToken cancellation)
    {
        const int realCpu = 1;
        // One deadline for all processes of the run.
        var seconds = Math.Max(1, request.Deadlines.RunSeconds(realCpu) - (int)clock.Elapsed.TotalSeconds);
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
                    .. (left?.Rounds ?? request.Rounds).Arguments, .. PayloadFolder.FilterArguments(request.Filters),
                    .. left?.Arguments ?? [],
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
    private static long Taint() =>
        long.TryParse(ReadLine("/proc/sys/kernel/tainted"), CultureInfo.InvariantCulture, out var flags) ? flags : 0;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>One process of a run.</summary>
    private sealed record HostProcess(RunEvidence Evidence, Dictionary<string, string> Logs, double? FirstTestSeconds);
}
