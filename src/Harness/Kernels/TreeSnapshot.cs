using System.Globalization;
using Faultline.Harness.Docker;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Kernels;

/// <summary>
/// Brings the copy of a user's tree in the volume up to date, by content. A kernel is made from the copy and has the copy's key, so what is
/// saved in the tree during a build is part of the next one. A file whose content changed looks new in the copy, whatever time stamp it
/// has in the tree, for make goes by times. Faultline reads the tree, and no container sees it: it may belong to
/// anybody whose files the caller can read.
/// </summary>
/// <param name="lenders">Other trees whose copy may be this one's too.</param>
internal sealed class TreeSnapshot(
    StepRunner steps, KernelSource.Tree tree, TreeLenders lenders, PhaseScope phase, CancellationToken cancellation)
{
    /// <summary>How often a tree is copied that changes while it is.</summary>
    private const int Attempts = 3;

    /// <exception cref="TreeUnreadableException">A file cannot be read, or the tree changed during every attempt.</exception>
    public async Task<Snapshot> TakeAsync()
    {
        var (held, borrowed) = (await HeldAsync(), false);
        for (var attempt = 0; attempt <= Attempts; attempt++)
        {
            var scan = await TreeScan.OfAsync(tree, cancellation);
            if (held.Files.Count == 0 && !borrowed && (borrowed = await lenders.BorrowAsync(scan.Manifest.Key, phase, cancellation)))
                held = await HeldAsync();
            if (scan.Manifest.Key == held.Key)
            {
                foreach (var remark in scan.Remarks)
                    phase.Output(remark);
                var name = tree.State ?? await GitName.OfAsync(tree.Folder, scan, cancellation);
                return new Snapshot(held.Key, held.KconfigKey, name, Cached: attempt == 0 && !borrowed);
            }

            if (attempt < Attempts)
                held = await SendAsync(held, scan.Manifest, again: attempt > 0);
        }

        throw new TreeUnreadableException(
            $"{tree.Folder} changed each of the {Attempts} times that it was copied, so no copy is a state that it ever had. "
            + "Wait for what writes to it (a checkout, a build in place, a script), then run again.");
    }

    private async Task<TreeManifest> HeldAsync()
    {
        var file = Path.GetTempFileName();
        try
        {
            await steps.RunCheckedAsync(
                "list-snapshot", phase, [], null, [new ContainerOutput("/tmp/files", file)], cancellation: cancellation);
            return TreeManifest.Parse(await File.ReadAllBytesAsync(file, cancellation));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<TreeManifest> SendAsync(TreeManifest held, TreeManifest wanted, bool again)
    {
        var changed = held.Lacks(wanted).Count;
        var gone = held.Files.Keys.Count(path => !wanted.Files.ContainsKey(path));
        phase.Output(string.Create(CultureInfo.InvariantCulture,
            $"{(again ? "the tree changed while it was copied: copying again," : "copying")} {changed} new or changed files, removing {gone}"));
        var archive = new SnapshotArchive(tree.Folder, held, wanted);
        await steps.RunCheckedAsync("take-snapshot", phase, new Dictionary<string, string>
        {
            ["HELD"] = held.Key,
            ["BUILT_IN_PLACE"] = NotSource.TracesOfABuild.Any(trace => Path.Exists(Path.Combine(tree.Folder, trace))) ? "1" : "0",
        }, feed: archive.WriteAsync, cancellation: cancellation);
        return archive.Sent ?? throw new InvalidOperationException("The step take-snapshot ended well without the whole of its input.");
    }
}
