using System.Text.Json;
using Faultline.Harness;

namespace Faultline.Cli;

/// <summary>
/// One command at a time works in a checkout's artifacts: two would write the same logs, kernels and report. Taking the lock is also the first
/// write, so that a folder that cannot be written shows before an hour of work and not after it.
/// </summary>
internal static class CheckoutLock
{
    /// <summary>How the message begins with which a command says that it waits.</summary>
    public const string AnotherAtWork = "another faultline is at work in ";

    /// <param name="json">Whether standard error carries JSON lines.</param>
    public static Task<FileLock> TakeAsync(Workspace workspace, bool json, CancellationToken cancellation)
    {
        var reason = $"{AnotherAtWork}{workspace.Artifacts}; waiting for its end";
        return FileLock.TakeAsync(
            Path.Combine(workspace.Artifacts, ".lock"),
            () => Console.Error.WriteLine(json ? JsonSerializer.Serialize(new { @event = "Waiting", reason }) : $"faultline: {reason}"),
            cancellation: cancellation);
    }
}
