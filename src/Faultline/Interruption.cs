using System.Runtime.InteropServices;
using Faultline.Cli.Terminal;
using Spectre.Console;

namespace Faultline.Cli;

/// <summary>
/// Ctrl-C and SIGTERM. The first one cancels: containers are stopped and removed, which takes an engine a few seconds. A second one, or
/// half a minute without an end, leaves at once; what then stays behind carries this process's label and goes with the next command that
/// connects to the engine.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Timer? _limit;
    private int _signals;

    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, On),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, On),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>128 and the signal's number, as shells count it; null when none came.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _limit?.Dispose();
        _source.Dispose();
    }

    private void On(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
            Leave();
        ExitCode = context.Signal == PosixSignal.SIGTERM ? ExitCodes.Terminated : ExitCodes.Interrupted;
        Consoles.Error.WriteLine("faultline: stopping; containers are being removed (once more to leave at once)");
        _limit = new Timer(_ => Leave(), null, Patience, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }

    private void Leave()
    {
        // A live display hides it.
        if (Consoles.Error.Profile.Capabilities is { Interactive: true, Ansi: true })
            Consoles.Error.Cursor.Show();
        Consoles.Error.WriteLine("faultline: left at once; a container that is still there is removed by the next command, or by 'faultline prune --containers'.");
        Environment.Exit(ExitCode ?? ExitCodes.Interrupted);
    }
}
