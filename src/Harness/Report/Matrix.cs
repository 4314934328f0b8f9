using System.Collections.Immutable;
using Faultline.Harness.Results;

namespace Faultline.Harness.Report;

/// <summary>Scenarios against kernels, for the side-by-side views. A row of the scenario table may hold several scenarios.</summary>
/// <param name="Kernels">Names of the columns; the control comes first where there is one.</param>
internal sealed record Matrix(ImmutableArray<string> Kernels, ImmutableArray<MatrixRow> Rows)
{
    public static Matrix Of(RunReport report)
    {
        var kernels = report.Kernels.Where(kernel => !kernel.Results.IsEmpty).ToImmutableArray();
        var columns = kernels.Select(kernel => kernel.Results.GroupBy(test => test.Id, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal)).ToImmutableArray();
        var scenarios = kernels.SelectMany(kernel => kernel.Results).Where(test => test.Row is not null || test.Suite == "scenario")
            .DistinctBy(test => test.Id, StringComparer.Ordinal).ToList();
        // An earlier suite's recorded run may lack what a newer one tells.
        var told = kernels.SelectMany(kernel => kernel.Results).Where(test => test.Title is not null).DistinctBy(test => test.Id, StringComparer.Ordinal)
            .ToDictionary(test => test.Id, StringComparer.Ordinal);
        var order = ReportText.RowOrder(scenarios.Select(Label)).Select((label, place) => (label, place)).ToDictionary(StringComparer.Ordinal);
        // OrderBy is stable: scenarios of one row stay in the order of the plan.
        var rows = scenarios.OrderBy(test => order[Label(test)]).Select(scenario =>
        {
            var cells = columns.Select(column => column.GetValueOrDefault(scenario.Id)).ToImmutableArray();
            var words = told.GetValueOrDefault(scenario.Id);
            return new MatrixRow(scenario.Key, words?.Title ?? scenario.Name, words?.About, [.. cells.Select((cell, column) => new MatrixCell(cell, column == 0 ? null : cells[0]))]);
        });
        return new Matrix([.. kernels.Select(kernel => kernel.Name)], [.. rows]);
    }

    private static string Label(TestReport test) => test.Row ?? test.Id;
}

/// <param name="Label">Key of the scenario, or the test's id.</param>
/// <param name="Name">What the scenario does, in words.</param>
/// <param name="About">Why anyone cares; null where nobody wrote it down.</param>
internal sealed record MatrixRow(string Label, string Name, string? About, ImmutableArray<MatrixCell> Cells);

/// <param name="Test">Null where this kernel's plan does not hold the scenario.</param>
/// <param name="Reference">The same scenario on the first kernel; null in its own column.</param>
internal sealed record MatrixCell(TestReport? Test, TestReport? Reference)
{
    /// <summary>Observed something else than the first kernel.</summary>
    public bool Differs => Test is not null && Reference is not null && !Reference.Observed.SequenceEqual(Test.Observed);

    /// <summary>What stands in the cell where nothing was observed.</summary>
    public string Outcome => Test switch
    {
        null => "–",
        { Outcome: TestOutcome.Missing } => "no result",
        _ => Test.Outcome.Name(),
    };

    /// <summary>Whether the first kernel showed another value of this observable.</summary>
    public bool IsDifferent(string observable) =>
        Test is not null && Reference is not null
        && Test.Observed.GetValueOrDefault(observable) != Reference.Observed.GetValueOrDefault(observable);
}
