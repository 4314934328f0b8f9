using Faultline.Harness.Docker;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Kernels;

/// <summary>
/// Lets the first kernel of a tree begin with source and objects of another tree that stands on the very same files, as a second work tree
/// of one repository does. Sources come with their times, for make goes by them: what the lender would not compile again, is not here.
/// </summary>
/// <param name="engine">Knows the volumes.</param>
/// <param name="steps">Of the new tree, whose volume holds nothing yet.</param>
/// <param name="runnerFor">Steps of the same kernel that also see a volume to borrow from.</param>
internal sealed class TreeLenders(ContainerEngine engine, StepRunner steps, Func<string, StepRunner> runnerFor)
{
    /// <summary>Each costs a container.</summary>
    private const int Most = 8;

    /// <param name="key">What the tree holds, by the key of its manifest.</param>
    /// <returns>Whether the volume now holds that.</returns>
    public async Task<bool> BorrowAsync(string key, PhaseScope phase, CancellationToken cancellation)
    {
        if (steps.Borrower is not { } borrower)
            return false;
        var lenders = await engine.Volumes.LendersAsync(borrower, cancellation);
        foreach (var lender in lenders.Where(lender => lender != steps.Volume).Take(Most))
        {
            // Who works there now changes it. Another may do as well, and to begin with nothing is right too.
            using var held = FileLock.TryTake(VolumeOperations.LockOf(lender));
            if (held is null || !await engine.Volumes.ExistsAsync(lender, cancellation))
                continue;
            var lines = await runnerFor(lender).RunCheckedAsync(
                "borrow-tree", phase, new Dictionary<string, string> { ["WANTED"] = key }, cancellation: cancellation);
            if (lines.Exists(line => line.StartsWith("faultline: borrowed ", StringComparison.Ordinal)))
                return true;
        }

        return false;
    }
}
