using System.Collections.Immutable;
using System.Globalization;
using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Report;
using Faultline.Harness.Results;
using Spectre.Console;

namespace Faultline.Cli.Commands;

/// <summary>The verdicts of all kernels: as a table, or on a terminal that is too narrow for it, as a few lines for each kernel.</summary>
internal static class VerdictTable
{
    private static readonly string[] Heads = ["kernel", "release", "verdict", "passed", "failed", "skipped", "accelerator"];

    public static void Print(TextConsole console, IReadOnlyList<KernelReport> kernels)
    {
        var rows = kernels.SelectMany(Rows).ToList();
        var table = new Table { Border = TableBorder.Ascii2 };
        table.AddColumns(Heads);
        foreach (var row in rows)
            table.AddRow(row.Cells.Select((cell, column) => new Text(Printable.OneLine(row.Indent(cell, column)), column == Row.Verdict ? row.Style : Style.Plain)));
        if (!console.TryWrite(table))
            PrintLines(console, rows);
    }

    private static void PrintLines(TextConsole console, List<Row> rows)
    {
        foreach (var row in rows)
        {
            var indent = row.Inner ? "  " : "";
            console.WriteLine($"{indent}{row.Cells[0]}: {row.Cells[Row.Verdict]}", hanging: 4, row.Style);
            // What is empty or unknown needs no line of its own.
            foreach (var column in Enumerable.Range(1, Heads.Length - 1).Where(column => column != Row.Verdict && row.Cells[column] is not ("" or "-")))
                console.WriteLine($"{indent}  {Heads[column],-11} {row.Cells[column]}", hanging: 14);
        }
    }

    private static IEnumerable<Row> Rows(KernelReport kernel)
    {
        yield return new Row(kernel.Verdict, Inner: false,
        [
            kernel.Name, kernel.Release ?? "-", kernel.Verdict.Name(), Number(kernel.Tests?.Passed), Failed(kernel),
            Number(kernel.Tests?.Skipped), (kernel.Accelerator?.Used.Name() ?? "-") + Start(kernel.Guests),
        ]);
        foreach (var control in kernel.Controls)
        {
            yield return new Row(control.Verdict, Inner: true,
            [
                $"asked for {control.Variant}", "", control.Verdict.Name(), Number(control.Tests?.Passed),
                $"{control.ExpectedFailures.Length} as expected", Number(control.Tests?.Skipped),
                Start(control.Guests).TrimStart(',', ' '),
            ]);
        }
    }

    /// <summary>How the first guest began, where it was not booted.</summary>
    private static string Start(ImmutableArray<GuestSummary> guests) =>
        guests is [{ Start: GuestStart.Resumed }, ..] ? $", {GuestStart.Resumed.Name()}" : "";

    private static string Failed(KernelReport kernel) => kernel.Tests is not { } tests ? "-"
        : kernel.WithoutResult == 0 ? $"{tests.Failed}"
        : $"{tests.Failed - kernel.WithoutResult}, {kernel.WithoutResult} without result";

    private static string Number(int? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "-";

    /// <param name="Kind">What it is about.</param>
    /// <param name="Inner">Belongs to the kernel above it.</param>
    /// <param name="Cells">One for each of <see cref="Heads"/>.</param>
    private sealed record Row(VerdictKind Kind, bool Inner, string[] Cells)
    {
        public const int Verdict = 2;

        public Style Style => new(Kind == VerdictKind.Pass ? Color.Green : Color.Red);

        public string Indent(string cell, int column) => Inner && column == 0 ? "  " + cell : cell;
    }
}
