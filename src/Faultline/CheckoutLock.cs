using Faultline.Cli.Terminal;
using Faultline.Harness;

namespace Faultline.Cli;

/// <summary>
/// One command at a time works in a checkout's artifacts: two would write the same logs, kernels and report. Taking the lock is also the first
/// write, so that a folder that cannot be written shows before an hour of work and not after it.
/// </summary>
internal static class CheckoutLock
{
    /// <summary>Environment variable in which a command that holds the lock names it to a command that it starts: that one works under it.</summary>
    public const string HeldByStarter = "FAULTLINE_CHECKOUT_LOCK";

    public static string PathOf(Checkout checkout) => Path.Combine(checkout.Artifacts, ".lock");

    /// <summary>Takes the lock if it is free and never waits: who only looks can do without.</summary>
    /// <param name="checkout">The checkout.</param>
    /// <param name="isFree">Whether nobody but who started this command is at work.</param>
    public static FileLock? TryTake(Checkout checkout, out bool isFree)
    {
        var isHeld = IsHeldByStarter(checkout);
        var taken = isHeld ? null : FileLock.TryTake(PathOf(checkout));
        isFree = isHeld || taken is not null;
        return taken;
    }

    /// <param name="json">Whether standard error carries JSON lines.</param>
    /// <returns>The lock; null when whoever started this command holds it.</returns>
    public static async Task<FileLock?> TakeAsync(Checkout checkout, bool json, CancellationToken cancellation)
    {
        if (IsHeldByStarter(checkout))
            return null;
        var reason = $"another faultline is at work in {checkout.Artifacts}; waiting for its end";
        return await FileLock.TakeAsync(PathOf(checkout), Tell, cancellation: cancellation);

        void Tell()
        {
            if (json)
                new JsonProgress(Console.Error).Wait(reason);
            else
                Console.Error.WriteLine($"faultline: {reason}");
        }
    }

    private static bool IsHeldByStarter(Checkout checkout) => Environment.GetEnvironmentVariable(HeldByStarter) == PathOf(checkout);
}
