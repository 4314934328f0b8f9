using Faultline.Cli.Commands;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest;
using Faultline.Harness.Guest.Shells;
using Faultline.Harness.Kernels;
using Faultline.Harness.Programs;

namespace Faultline.Cli.Shells;

/// <summary>Gets a kernel ready, joins the user to a shell on it, and says how it ended.</summary>
/// <param name="tree">A developer's own tree; null where a variant is meant.</param>
internal sealed class ShellRun(Selection selection, NamedTree? tree, RunOptions options, CancellationToken cancellation)
{
    private readonly Checkout _checkout = selection.Checkout;

    public SharedFolder? Share { get; init; }

    /// <summary>Whether a debugger is to be let in.</summary>
    public bool Gdb { get; init; }

    private string Work => Path.Combine(_checkout.Guests, $"shell-{Environment.ProcessId}");

    /// <returns>The shell's exit status, or the code that tells why there is none.</returns>
    public async Task<int> RunAsync()
    {
        using var engine = new LazyEngine();
        var checkoutLock = await CheckoutLock.TakeAsync(_checkout, json: false, cancellation);
        try
        {
            var connected = await engine.ConnectAsync(cancellation);
            using var images = new GuestImages(connected, _checkout.Images);
            var (kernel, accelerator) = await ProgressDisplay.RunAsync(json: false, async progress =>
            {
                var planned = await ShellKernel.PlanAsync(selection, tree, progress, cancellation);
                using var preparation = new Preparation(_checkout, engine, cancellation) { Suites = options.Suites };
                var ready = await preparation.DemandAsync(planned, progress);
                PayloadFolder.Create(ready.Payload!.Folder, planned.Profile, [], Work);
                ready.Programs.AddFilesTo(Work);
                await images.EnsureAsync(planned.Name, progress, cancellation);
                var used = await new AcceleratorProbe(connected, images, _checkout.Guests)
                    .ChooseAsync(options.Accelerator, ready.Kernel!.BzImage, planned.Name, progress, cancellation: cancellation);
                return (ready, used);
            });
            // What the guest needs is in the container once that runs: other commands may go on in the checkout.
            void Release() => Interlocked.Exchange(ref checkoutLock, null)?.Dispose();
            return await AttachAsync(connected, images, kernel, accelerator, Release);
        }
        finally
        {
            checkoutLock?.Dispose();
            if (Directory.Exists(Work))
                Directory.Delete(Work, recursive: true);
        }
    }

    private async Task<int> AttachAsync(
        ContainerEngine engine, GuestImages images, PreparedKernel prepared, Accelerator accelerator, Action release)
    {
        var kernel = prepared.Kernel!;
        await using var gdb = Gdb ? new GdbSocket() : null;
        using var session = new ShellSession(cancellation);
        Announce(kernel, accelerator, gdb);
        Announce(prepared.Programs);
        var log = _checkout.LogFile(kernel.Id.Name, "shell");
        var request = new ShellRequest
        {
            Kernel = kernel.Name,
            BzImage = kernel.BzImage,
            Payload = Work,
            Accelerator = accelerator,
            Deadlines = options.Deadlines,
            Share = Share,
            Gdb = Gdb,
            User = session.User,
            Log = log,
            Started = guest =>
            {
                release();
                gdb?.Open(guest);
                session.Begin(guest);
            },
        };
        ShellOutcome outcome;
        try
        {
            outcome = await new ShellRunner(engine, images).RunAsync(request, new Harness.Progress.SilentProgress(), session.Ended);
        }
        catch (OperationCanceledException) when (session.WasLeft)
        {
            session.Restore();
            Consoles.Error.WriteLine($"\nfaultline: {kernel.Name}: ended by Ctrl-] three times; no container is left");
            return ExitCodes.Interrupted;
        }

        session.Restore();
        var decoder = new TraceDecoder(_checkout, _ => Task.FromResult(engine));
        return await ShellEnding.TellAsync(
            outcome, kernel.Name, log, trace => decoder.DecodeAsync(kernel, prepared.Planned.Request!, trace, cancellation));
    }

    private static void Announce(ProgramSet programs)
    {
        foreach (var suite in programs.Suites)
        {
            Consoles.Error.WriteLine($"faultline: {suite.Name} is in /payload/suites/{suite.Name}");
            foreach (var program in suite.Programs.Where(program => program.BuildError is not null))
                Consoles.Error.WriteLine($"faultline: {program.Id} does not build: {program.BuildError}");
        }
    }

    private void Announce(BuiltKernel kernel, Accelerator accelerator, GdbSocket? gdb)
    {
        foreach (var left in Share?.LeftOut.Take(5) ?? [])
            Consoles.Error.WriteLine($"faultline: --share leaves out {left}: not a file");
        if (gdb is not null)
        {
            var command = ShellText.Join(["gdb", "-ex", $"target remote {gdb.Path}", kernel.Vmlinux]);
            Consoles.Error.WriteLine("faultline: to attach from another terminal:");
            // Not broken into lines, so that it can be copied.
            Console.Error.WriteLine($"  {command}");
        }

        if (ShellSession.IsTerminal)
        {
            Consoles.Error.WriteLine($"faultline: booting {kernel.Release} ({accelerator.Used.Name()}); "
                + "pressing Ctrl-] three times ends a guest that does not answer");
        }
    }
}
