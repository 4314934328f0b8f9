using CliWrap;
using Faultline.Harness;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest;

namespace Faultline.Cli.Runs;

/// <summary>A command of this program as another process, as a user starts it: what the benchmark of a whole run measures.</summary>
/// <param name="program">The file to start.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="heldLock">The checkout's lock, which this process holds and the command works under; null for a
/// command that takes it itself.</param>
internal sealed class OwnCommand(string program, IReadOnlyList<string> arguments, string? heldLock = null)
{
    /// <summary>An engine that does not answer keeps nobody from leaving.</summary>
    private static readonly TimeSpan ClearingLimit = TimeSpan.FromSeconds(20);

    /// <summary>The command line that starts this very build again, in a checkout whose lock this process holds.</summary>
    public static OwnCommand Under(Checkout locked, params string[] arguments)
    {
        var self = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "faultline.dll")]
            : [];
        return new OwnCommand(self, [.. program, .. arguments, "--root", locked.Root], CheckoutLock.PathOf(locked));
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="onLine">Gets its standard error.</param>
    /// <param name="cancellation">Kills it and removes the containers that it could not remove itself.</param>
    /// <exception cref="GuestException">It ended without a verdict on any kernel.</exception>
    public async Task RunAsync(Action<string> onLine, CancellationToken cancellation)
    {
        int exit;
        try
        {
            exit = (await CliWrap.Cli.Wrap(program).WithArguments(arguments)
                .WithEnvironmentVariables(environment => environment.Set(CheckoutLock.HeldByStarter, heldLock))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(onLine))
                .WithValidation(CommandResultValidation.None).ExecuteAsync(cancellation)).ExitCode;
        }
        catch (OperationCanceledException)
        {
            await ClearAsync();
            throw;
        }

        // A kernel that fails its suite is measured all the same; a run that got nowhere, or was ended by somebody, is not.
        if (exit is ExitCodes.Usage or ExitCodes.Infrastructure or > 128)
            throw new GuestException(
                $"'faultline {string.Join(' ', arguments)}' ended with exit code {exit}, so there is nothing to measure. Run it alone "
                    + $"to see why.");
    }

    /// <summary>
    /// A process that is killed leaves its containers. Their label says that it is gone, and a new connection removes
    /// them.
    /// </summary>
    private static async Task ClearAsync()
    {
        using var limit = new CancellationTokenSource(ClearingLimit);
        try
        {
            using var engine = await ContainerEngine.ConnectAsync(limit.Token);
        }
        catch (Exception e) when (e is EngineUnavailableException or OperationCanceledException)
        {
            // The next command that connects does it.
        }
    }
}
