using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;
using Faultline.Harness.Series;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>
/// Boots the trees in the middle of a series and runs the suite on each. What a tree does not promise yet it may do in any way; what no
/// commit may do is crash or hang, for whoever bisects has to boot it.
/// </summary>
internal sealed class TreeBoots(
    Selection selection, LazyEngine engine, AcceleratorChoice accelerator, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    : IAsyncDisposable
{
    private readonly GuestPreparation _guests = new(engine, selection.Checkout.Images, progress, cancellation);
    private readonly PayloadPublisher _publisher = new(selection.Checkout);

    /// <returns>A result for each tree; none where there is nothing to boot.</returns>
    /// <exception cref="GuestException">The suite cannot be made, or the machine lacks what a guest needs.</exception>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(Variant variant, IReadOnlyList<CheckedTree> trees)
    {
        if (trees.Count == 0)
            return [];
        var planned = PlannedKernel.Of(variant, selection);
        var payload = await _publisher.PublishAsync(planned.Name, planned.Id, planned.CommittedModel, progress, cancellation);
        var suites = new SuiteRunner(await engine.ConnectAsync(cancellation), await _guests.ImagesAsync(), selection.Checkout.Guests);
        var results = new List<CheckResult>();
        foreach (var tree in trees)
        {
            var run = await suites.RunAsync(new SuiteRequest
            {
                Kernel = variant.Name,
                Id = $"{planned.Id}.check-{tree.Number}",
                BzImage = tree.BzImage,
                Payload = payload.Folder,
                // These kernels have another one's release: nobody asks for it.
                Profile = VariantProfile.ToJson(variant, tag: ""),
                Accelerator = accelerator,
                Remark = tree.Patch,
            }, progress, cancellation);
            results.Add(ResultOf(tree, run));
        }

        Directory.Delete(Path.GetDirectoryName(trees[0].BzImage)!, recursive: true);
        return results;
    }

    public async ValueTask DisposeAsync()
    {
        await _guests.DisposeAsync();
        _publisher.Dispose();
    }

    private static CheckResult ResultOf(CheckedTree tree, SuiteResult run)
    {
        var seconds = Math.Round(run.Phases.Sum(phase => phase.Seconds), 3);
        var log = run.Logs.Files.GetValueOrDefault("console");
        if (run.Verdict.Kind is not (VerdictKind.Pass or VerdictKind.Failed) || !run.Record.IsComplete)
        {
            return new CheckResult(
                CheckKind.Boot, tree.Patch, CheckOutcome.Failed, seconds, run.Verdict.Summary,
                [.. run.Verdict.Excerpt?.Split('\n') ?? []], log)
            {
                Ending = run.Verdict.Kind,
            };
        }

        var passed = run.Record.Results.Count(result => result.Outcome == TestOutcome.Passed);
        return new CheckResult(
            CheckKind.Boot, tree.Patch, CheckOutcome.Ok, seconds,
            $"{passed} of {run.Record.Plan!.Value.Length} tests see what the whole series promises, and nothing crashes", [], log);
    }
}
