using CliWrap;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest;

namespace Faultline.Cli.Pipeline;

/// <summary>A command of this program as a process of its own, as a user starts it: what the benchmark of a whole run measures.</summary>
/// <param name="program">The file to start.</param>
/// <param name="arguments">Its arguments.</param>
internal sealed class OwnCommand(string program, IReadOnlyList<string> arguments)
{
    /// <summary>An engine that does not answer keeps nobody from leaving.</summary>
    private static readonly TimeSpan ClearingLimit = TimeSpan.FromSeconds(20);

    /// <summary>The command line that starts this very build again.</summary>
    public static OwnCommand Of(params string[] arguments)
    {
        var self = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "faultline.dll")] : [];
        return new OwnCommand(self, [.. program, .. arguments]);
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="onLine">Gets its standard error.</param>
    /// <param name="cancellation">Kills it and removes the containers that it could not remove itself.</param>
    /// <returns>Whether it went to work at once; false when it waited for another command in its checkout, so that its time says nothing.</returns>
    /// <exception cref="GuestException">It ended without a verdict on any kernel.</exception>
    public async Task<bool> RunAsync(Action<string> onLine, CancellationToken cancellation)
    {
        var alone = true;
        int exit;
        try
        {
            exit = (await CliWrap.Cli.Wrap(program).WithArguments(arguments)
                .WithStandardErrorPipe(PipeTarget.ToDelegate(line =>
                {
                    alone &= !line.Contains(CheckoutLock.AnotherAtWork, StringComparison.Ordinal);
                    onLine(line);
                }))
                .WithValidation(CommandResultValidation.None).ExecuteAsync(cancellation)).ExitCode;
        }
        catch (OperationCanceledException)
        {
            await ClearAsync();
            throw;
        }

        // A kernel that fails its suite is measured all the same; a run that got nowhere, or was ended by somebody, is not.
        return exit is ExitCodes.Usage or ExitCodes.Infrastructure or > 128
            ? throw new GuestException(
                $"'faultline {string.Join(' ', arguments)}' ended with exit code {exit}, so there is nothing to measure. Run it alone to see why.")
            : alone;
    }

    /// <summary>A process that is killed leaves its containers. Their label says that it is gone, and a new connection removes them.</summary>
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
