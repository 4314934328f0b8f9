using System.Collections.Immutable;

namespace Faultline.Harness.Report;

/// <summary>Rows of the scenario table against kernels, for the side-by-side views.</summary>
/// <param name="Kernels">Names of the columns; the control comes first where there is one.</param>
internal sealed record Matrix(ImmutableArray<string> Kernels, ImmutableArray<MatrixRow> Rows)
{
    public static Matrix Of(RunReport report)
    {
        var kernels = report.Kernels.Where(kernel => !kernel.Results.IsEmpty).ToImmutableArray();
        var scenarios = kernels.SelectMany(kernel => kernel.Results).Where(test => test.Row is not null || test.Suite == "scenario").ToList();
        var names = scenarios.GroupBy(Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Name, StringComparer.Ordinal);
        var rows = ReportText.RowOrder(names.Keys).Select(key =>
        {
            var cells = kernels.Select(kernel => kernel.Results.FirstOrDefault(test => Key(test) == key)).ToImmutableArray();
            var reference = cells.FirstOrDefault();
            return new MatrixRow(key, names[key], [.. cells.Select((cell, column) => new MatrixCell(cell, column > 0 && Differs(reference, cell)))]);
        });
        return new Matrix([.. kernels.Select(kernel => kernel.Name)], [.. rows]);
    }

    private static string Key(TestReport test) => test.Row ?? test.Id;

    private static bool Differs(TestReport? reference, TestReport? cell) =>
        reference is not null && cell is not null && !reference.Observed.SequenceEqual(cell.Observed);
}

/// <param name="Name">What the scenario does, in words.</param>
internal sealed record MatrixRow(string Key, string Name, ImmutableArray<MatrixCell> Cells);

/// <param name="Test">Null where this kernel's plan does not hold the row.</param>
/// <param name="Differs">Observed something else than the first kernel.</param>
internal sealed record MatrixCell(TestReport? Test, bool Differs)
{
    /// <summary>Observed values in the order of their names: <c>wp|write · 0+1 · Zw</c>.</summary>
    public string Observed => Test switch
    {
        null => "–",
        { Outcome: "skipped" } => "skipped",
        { Outcome: "missing" } => "no result",
        { Observed.IsEmpty: true } => Test.Outcome,
        _ => string.Join(" · ", Test.Observed.Values),
    };
}
