using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>The guests of one run: the first is asked for everything, and where a test ends it the next for what is left.</summary>
/// <param name="runner">Boots them.</param>
/// <param name="request">The suite and its kernel.</param>
/// <param name="accelerator">What executes them.</param>
/// <param name="folder">The run's, for logs and what is mounted.</param>
/// <param name="progress">Told of each guest.</param>
internal sealed class SuiteGuests(
    GuestRunner runner, SuiteRequest request, Accelerator accelerator, string folder, IProgress<HarnessEvent> progress)
{
    private readonly List<PhaseRecorder> _phases = [];

    /// <summary>What was recorded of each guest, in order.</summary>
    public IReadOnlyList<PhaseRecorder> Phases => _phases;

    /// <param name="bzImage">The kernel.</param>
    /// <param name="reason">Why the first guest is booted.</param>
    /// <param name="cancellation">Ends the guest.</param>
    /// <returns>All guests as one run; the logs of each are its own.</returns>
    public async Task<GuestRun> RunAsync(string bzImage, string reason, CancellationToken cancellation)
    {
        var payload = Path.Combine(folder, "payload");
        foreach (var old in Directory.EnumerateFiles(folder, $"{request.Run}.guest-*"))
            File.Delete(old);
        var guest = new GuestRequest
        {
            Kernel = request.Kernel,
            Run = request.Run,
            BzImage = bzImage,
            Modules = request.Modules,
            Payload = payload,
            Accelerator = accelerator,
            Deadlines = request.Deadlines,
            // Programs may be silent as long as their own limits let them.
            Silence = request.Programs.IsPlain ? Deadlines.SilenceSeconds(accelerator.DeadlineFactor) : null,
            KernelArguments = request.KernelArguments,
            LogFolder = folder,
            Reason = request.Prefix + reason,
        };
        List<GuestRun> runs = [await RunAsync(Told(guest, null), cancellation)];
        var (next, givenUp) = After(runs);
        while (next is not null)
        {
            var behind = runs[^1].Evidence.Record.InFlight.FirstOrDefault() is { } test ? $"behind {test}" : "what is left";
            var following = guest with
            {
                Run = $"{request.Run}.guest-{next.Guest}",
                Done = runs.Sum(run => run.Evidence.Record.Each.Length),
                Reason = $"{request.Prefix}guest {next.Guest}, {behind}",
            };
            runs.Add(await RunAsync(Told(following, next), cancellation));
            (next, givenUp) = After(runs);
        }

        Directory.Delete(payload, recursive: true);
        return runs[0] with
        {
            Evidence = JoinedRun.Of([.. runs.Select(run => run.Evidence)]) with { GivenUp = givenUp },
            Logs = runs.SelectMany((run, at) => run.Logs.Select(log => (Key: GuestLogs.KeyOf(log.Key, at + 1), log.Value)))
                .ToDictionary(log => log.Key, log => log.Value, StringComparer.Ordinal),
        };
    }

    private (Remainder? Next, string? GivenUp) After(IEnumerable<GuestRun> runs) =>
        Continuation.After([.. runs.Select(run => run.Evidence)], request.Rounds);

    private async Task<GuestRun> RunAsync(GuestRequest guest, CancellationToken cancellation)
    {
        var phases = new PhaseRecorder(progress);
        var run = await runner.RunAsync(guest, phases, cancellation);
        if (run.Evidence.Crash is { } crash)
        {
            // Rare, and not the kernel's fault unless it recurs.
            phases = new PhaseRecorder(progress);
            run = await runner.RunAsync(guest with { Reason = $"{request.Prefix}{crash}: once more" }, phases, cancellation);
            run = run with { Evidence = run.Evidence with { EarlierCrash = crash } };
        }

        _phases.Add(phases);
        return run;
    }

    /// <summary>The guest with what it has to do: with its payload, or as orders for a suite that stands ready.</summary>
    private GuestRequest Told(GuestRequest guest, Remainder? left)
    {
        var (rounds, factor) = (left?.Rounds ?? request.Rounds, accelerator.DeadlineFactor);
        var (test, run) = (Deadlines.TestSeconds(factor), request.Deadlines.RunSeconds(factor));
        if (!request.IsLasting || !request.Programs.IsPlain || !StandingSuite.Is(request.Payload, accelerator))
        {
            PayloadFolder.Create(
                request.Payload, request.Profile,
                [.. PayloadFolder.Arguments(request.Filters, rounds, request.First, test, run), .. left?.Arguments ?? []], guest.Payload);
            request.Programs.AddTo(guest.Payload, request.Filters, factor, (int?)request.Deadlines.Run?.TotalSeconds);
            return guest;
        }

        PayloadFolder.CreateStanding(request.Payload, guest.Payload);
        string[] arguments = [.. PayloadFolder.ArgumentsOfRun(request.Filters, rounds, request.First, test, run), .. left?.Arguments ?? []];
        // What a crash left to do begins with the snapshot of the first guest: that one was the run of record.
        var start = left is null || request.Cold ? request.Start : GuestStart.Resumed;
        return guest with
        {
            Standing = new StandingSuite(
                StandingSuite.NameOf(guest.BzImage, guest.Modules, request.Payload, guest.KernelArguments),
                StandingSuite.OrdersOf(request.Payload, request.Profile, arguments), start),
        };
    }
}
