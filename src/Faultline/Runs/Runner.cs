using Faultline.Harness;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;

namespace Faultline.Cli.Runs;

/// <summary>Carries out a plan: prepares its kernels and runs its cells.</summary>
internal sealed class Runner(
    RunPlan plan, RunOptions options, Checkout checkout, LazyEngine engine, IProgress<HarnessEvent> progress,
    CancellationToken cancellation) : IAsyncDisposable
{
    private readonly GuestPreparation _guests = new(engine, checkout.Images, progress, cancellation);
    private readonly Preparation _preparation = new(checkout, engine, cancellation)
    {
        Suites = options.Suites.Among(plan.Kernels.Select(kernel => kernel.Variant)),
    };
    private readonly Dictionary<PlannedKernel, TaskCompletionSource<PreparedKernel>> _prepared =
        plan.Kernels.ToDictionary(kernel => kernel, _ =>
            new TaskCompletionSource<PreparedKernel>(TaskCreationOptions.RunContinuationsAsynchronously));

    private SuiteRunner? _suites;

    /// <summary>The version of QEMU; null when no guest ran.</summary>
    public string? Qemu { get; private set; }

    /// <returns>An outcome for each kernel, in the plan's order.</returns>
    public async Task<IReadOnlyList<KernelOutcome>> RunAsync()
    {
        var results = await RunCellsAsync();
        if (_suites is not null)
        {
            var runner = (await _guests.ImagesAsync()).Runner.Tag;
            Qemu = await new QemuVersion(await engine.ConnectAsync(cancellation), runner, checkout.Guests).AskAsync(cancellation);
        }

        var outcomes = new List<KernelOutcome>();
        foreach (var kernel in plan.Kernels)
        {
            var here = results.FindAll(result => result.Cell.On == kernel);
            var (own, controls) = (here.Find(result => result.Cell.Asked == kernel), here.FindAll(result => result.Cell.Asked != kernel));
            outcomes.Add(new KernelOutcome(await PreparedAsync(kernel), own, controls));
        }

        return outcomes;
    }

    /// <returns>A result for each cell whose kernels could be prepared, in the plan's order.</returns>
    public async Task<List<CellResult>> RunCellsAsync()
    {
        var preparing = PrepareAllAsync();
        if (!options.Overlap)
            await preparing;
        var results = new List<CellResult>();
        try
        {
            foreach (var cell in plan.Cells)
            {
                var (on, asked) = (await PreparedAsync(cell.On), await PreparedAsync(cell.Asked));
                if (on.Payload is not null && asked.Payload is not null)
                    results.Add(await RunAsync(cell, on, asked, results));
            }
        }
        finally
        {
            await preparing;
        }

        return results;
    }

    /// <summary>What came of preparing a kernel of the plan.</summary>
    public Task<PreparedKernel> PreparedAsync(PlannedKernel kernel) => _prepared[kernel].Task;

    /// <summary>To be called when nothing needs the suites any more.</summary>
    public void RemoveUnusedSuites() => _preparation.RemoveUnusedSuites();

    public async ValueTask DisposeAsync()
    {
        await _guests.DisposeAsync();
        _preparation.Dispose();
    }

    /// <summary>One after the other: each uses every core. What ends one for all is also what whoever waits for the others gets.</summary>
    private async Task PrepareAllAsync()
    {
        try
        {
            foreach (var kernel in plan.Kernels)
                _prepared[kernel].SetResult(await _preparation.PrepareAsync(kernel, _guests.Watching(progress)));
        }
        catch (Exception e)
        {
            foreach (var waiting in _prepared.Values)
            {
                waiting.TrySetException(e);
                // Not everybody waits for all of them.
                _ = waiting.Task.Exception;
            }

            throw;
        }
    }

    /// <summary>An engine that goes away ends one cell. What the others found, before or after it, still gets its report.</summary>
    private async Task<CellResult> RunAsync(Cell cell, PreparedKernel on, PreparedKernel asked, IReadOnlyList<CellResult> earlier)
    {
        try
        {
            var request = new SuiteRequest
            {
                Kernel = cell.On.Name,
                Id = cell.On.Id,
                Expectation = cell.Expectation,
                BzImage = on.BzImage,
                Modules = on.Planned.Prebuilt?.Modules,
                Payload = asked.Payload!.Folder,
                Profile = cell.Asked.ProfileAfter(earlier),
                Filters = options.Filters,
                Programs = cell.Asked.ProgramsAfter(asked.Programs, earlier),
                KernelArguments = cell.KernelArguments,
                Rounds = options.Rounds,
                First = options.First,
                Accelerator = options.Accelerator,
                Deadlines = options.Deadlines with { Programs = asked.Programs.TimeFor(options.Filters) },
                Fresh = options.Fresh,
                Cold = options.Cold,
            };
            return new CellResult(cell, await RunAsync(request), Failure: null);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && Failures.Describe(e)?.ExitCode == ExitCodes.Infrastructure)
        {
            return new CellResult(cell, Run: null, e);
        }
    }

    private async Task<SuiteResult> RunAsync(SuiteRequest request)
    {
        if (request.BzImage is null)
            return await new HostSuiteRunner(checkout.Guests).RunAsync(request, progress, cancellation);
        _suites ??= new SuiteRunner(await engine.ConnectAsync(cancellation), await _guests.ImagesAsync(), checkout.Guests, isSteady: true);
        return await _suites.RunAsync(request, progress, cancellation);
    }
}
