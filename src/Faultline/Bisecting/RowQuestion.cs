using Faultline.Cli.Runs;
using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;
using Faultline.Harness.Sources.Bisecting;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Cli.Bisecting;

/// <summary>
/// Whether rows of the suite show on a commit's kernel what they show on the good end's. Every commit is built in the same folder and
/// volume, so that only what differs from the last one is compiled.
/// </summary>
/// <param name="selection">How kernels are built.</param>
/// <param name="git">Of the user's checkout.</param>
/// <param name="home">The folder of the bisection.</param>
/// <param name="rows">Rows (<c>R12</c>) or scenarios (<c>R31-mprotect</c>).</param>
/// <param name="options">How guests run.</param>
internal sealed class RowQuestion(Selection selection, TreeGit git, string home, IReadOnlyList<string> rows, RunOptions options)
    : IBisectQuestion
{
    private const string Crashed = "the kernel crashed: ", Hung = "the guest hung: ";

    /// <summary>What was answered for another feature or configuration answers nothing here, so both are part of the question.</summary>
    public string Words => $"rows {string.Join(' ', rows)}{(selection.Named is [var named] ? $" of {named.Name}" : "")}"
        + string.Concat(selection.Fragments.Select(fragment => $", with {Path.GetFileName(fragment)}"));

    public async Task<(IReadOnlyList<string>? Shown, string Reason)> AskAsync(
        string commit, string name, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        var copy = new BaseCopy(git, home);
        await copy.UpdateAsync(new TreeBase(commit, name), cancellation);
        KernelSource.Tree source;
        try
        {
            source = KernelSource.FromTree(copy.Folder) with { State = name };
        }
        catch (KernelSourceException e)
        {
            return (null, e.Message);
        }

        var kernel = PlannedKernel.Of(VariantOf(source), selection);
        using var engine = new LazyEngine();
        var asked = options with { Filters = [.. rows.Select(row => $"row={row}")] };
        await using var runner = new Runner(
            new RunPlan([kernel], [Cell.Own(kernel)]), asked, selection.Checkout, engine, progress, cancellation);
        var cells = await runner.RunCellsAsync();
        if (((await runner.PreparedAsync(kernel)).Failure ?? cells[0].Failure) is { } failure)
        {
            return failure is Harness.FaultlineException { Kind: VerdictKind.KernelBuildFailed or VerdictKind.KconfigDropped }
                or AbiExtractor.ExtractionException ? (null, Beginning(failure.Message)) : throw failure;
        }

        return Read(cells[0].Run!);
    }

    public BisectAnswer Judge(IReadOnlyList<string> good, IReadOnlyList<string> shown) => new(good.SequenceEqual(shown), shown);

    private static (IReadOnlyList<string>? Shown, string Reason) Read(SuiteResult run)
    {
        var verdict = run.Verdict;
        return verdict.Kind switch
        {
            VerdictKind.Crashed => ([Crashed + verdict.Summary], ""),
            VerdictKind.Hung => ([Hung + verdict.Summary], ""),
            VerdictKind.Infrastructure => throw new GuestException($"{verdict.Summary}. Run again: what was answered is kept."),
            VerdictKind.Vacuous => (null, verdict.Summary),
            _ => ([.. Shown(run.Record)], ""),
        };
    }

    /// <summary>The first line of a message says what failed, the next one where.</summary>
    private static string Beginning(string message) => string.Join(' ', message.Split('\n').Take(2).Select(line => line.Trim()));

    /// <summary>A line for each scenario: what it observed, or why it observed nothing.</summary>
    private static IEnumerable<string> Shown(RunRecord record) =>
        from test in record.Plan ?? []
        where test.Scenario is not null
        let result = record.Results.FirstOrDefault(result => result.Id == test.Id)
        orderby test.Scenario
        select $"{test.Scenario}: " + (result is null ? "no result"
            : result.Observed.IsEmpty ? $"{result.Outcome}{(result.Reason is { } reason ? $": {reason}" : "")}"
            : string.Join(", ", result.Observed.Select(pair => $"{pair.Key} is {pair.Value}")));

    /// <summary>The commit as it is: what its rows show is taken down, and none of it is wrong.</summary>
    private Variant VariantOf(KernelSource.Tree source)
    {
        var reference = selection.Named is [var named] ? named : selection.Catalog.Get(PlannedKernel.DefaultProfile);
        var header = Path.Combine(source.Folder, "include/uapi/linux/userfaultfd.h");
        var has = reference.Feature is { } macro && File.Exists(header)
            && File.ReadAllText(header).Contains(macro, StringComparison.Ordinal);
        return selection.Control with
        {
            Name = "bisect",
            Title = $"{source.State}, bisected",
            Base = source,
            Tag = "-bisect",
            IsObserved = true,
            Feature = has ? reference.Feature : null,
            FeatureBit = has ? reference.FeatureBit : null,
            Folder = source.Folder,
        };
    }
}
