using System.Diagnostics;
using System.Runtime.InteropServices;
using Faultline.Cli.Terminal;

namespace Faultline.Cli;

/// <summary>
/// Ctrl-C, SIGTERM and the end of the terminal (SIGHUP). The first one cancels: containers are stopped and removed, which takes an
/// engine a few seconds. One that comes later, or half a minute without an end, leaves at once; what then stays behind carries this
/// process's label and goes with the next command that connects to the engine.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>
    /// Signals that come sooner after the first are the same wish: timeout(1) signals its child and then the child's whole group,
    /// and a terminal that closes tells by its shell and by the kernel.
    /// </summary>
    public static readonly TimeSpan SameWish = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Lock _gate = new();
    private Timer? _limit;
    private long _first;

    private readonly bool _hasContainers;

    /// <param name="hasContainers">Whether the command that is ended may have any: nobody is told of containers where none can be.</param>
    public Interruption(bool hasContainers)
    {
        _hasContainers = hasContainers;
        _registrations =
        [
            .. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
                .Where(signal => !IgnoredSignals.Contains(signal)).Select(signal => PosixSignalRegistration.Create(signal, On)),
            .. ((PosixSignal[])[PosixSignal.SIGCONT, PosixSignal.SIGTTOU])
                .Select(signal => PosixSignalRegistration.Create(signal, LeaveTheTerminalAlone)),
        ];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>128 and the signal's number, as shells count it; null when none came.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>The last line of a command that was ended.</summary>
    public string InWords => _hasContainers ? "interrupted; no container is left and finished steps stay cached." : "interrupted.";

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _limit?.Dispose();
        _source.Dispose();
    }

    /// <summary>
    /// On SIGCONT .NET sets the terminal as it was before, which nothing here changes. In the background of a terminal, as under
    /// timeout(1), which sends SIGCONT after its signal, the kernel answers that with SIGTTOU to the whole process group
    /// (tcsetattr(3)), and all of it stands still. SIGTTOU may come from another program of the group as well.
    /// </summary>
    private static void LeaveTheTerminalAlone(PosixSignalContext context) => context.Cancel = true;

    private void On(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_gate)
        {
            if (ExitCode is not null)
            {
                if (Stopwatch.GetElapsedTime(_first) >= SameWish)
                    Leave();
                return;
            }

            _first = Stopwatch.GetTimestamp();
            ExitCode = context.Signal switch
            {
                PosixSignal.SIGTERM => ExitCodes.Terminated,
                PosixSignal.SIGHUP => ExitCodes.HungUp,
                _ => ExitCodes.Interrupted,
            };
        }

        Consoles.Error.WriteLine($"faultline: stopping{(_hasContainers ? "; removing containers" : "")} (press Ctrl-C again to quit now)");
        _limit = new Timer(_ => Leave(), null, Patience, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }

    private void Leave()
    {
        Consoles.Screen.Show("");
        Consoles.Error.WriteLine(_hasContainers
            ? "faultline: quit; any container left running is removed by the next command, or by 'faultline prune --containers'."
            : "faultline: quit.");
        Environment.Exit(ExitCode!.Value);
    }
}
