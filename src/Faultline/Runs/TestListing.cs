using System.Collections.Immutable;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Cli.Runs;

/// <summary>
/// What a plan would run. No kernel is built: a suite is published against the model of the last build, else the committed one.
/// </summary>
internal static class TestListing
{
    public static async Task<IReadOnlyList<ListedCell>> OfAsync(
        MainRunRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        var checkout = request.Selection.Checkout;
        using var publisher = new PayloadPublisher(checkout);
        var known = new Dictionary<PlannedKernel, ImmutableArray<PlannedTest>>();
        foreach (var kernel in request.Plan.Cells.Select(cell => cell.Asked).Distinct())
        {
            var built = Path.Combine(checkout.KernelFolder(kernel.Id), KernelAbi.FileName);
            var model = kernel.Request is not null && File.Exists(built) ? built : kernel.CommittedModel;
            var chosen = request.Options.Suites.For(kernel.Variant);
            ImmutableArray<PlannedTest> builtin = [];
            if (chosen.Builtin)
            {
                var suite = await publisher.PublishAsync(kernel.Name, kernel.Id, model, progress, cancellation);
                builtin = await SuiteListing.OfAsync(suite.Folder, kernel.Profile, request.Options.Filters, cancellation);
            }

            known[kernel] = [.. builtin, .. chosen.Known(request.Options.Filters)];
        }

        return [.. request.Plan.Cells.Select(cell => new ListedCell(cell, known[cell.Asked]))];
    }
}
