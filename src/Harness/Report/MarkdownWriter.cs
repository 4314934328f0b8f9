using System.Text;
using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Results;

namespace Faultline.Harness.Report;

/// <summary><c>report.md</c>: the run for a terminal, a pull request or a mail.</summary>
internal static class MarkdownWriter
{
    public static string Write(RunReport report)
    {
        var text = new StringBuilder();
        text.Append($"# Faultline: {report.Verdict.Name()} (exit {report.ExitCode})\n\n");
        text.Append($"{report.Started:yyyy-MM-dd HH:mm} UTC, {ReportText.Seconds(report.Seconds)}. Side by side: [index.html](index.html).\n\n");
        ArgumentMarkdown.Write(text, report, Cell);
        KernelTable(text, report);
        if (report.Verdict == VerdictKind.Pass)
        {
            // Nobody has to act, so that a pull request gets what is worth a look; the page has the rest.
            RunSection.WriteChanges(text, report, Cell, most: 3);
            Summary(text, report);
            return text.ToString();
        }

        Kernels(text, report);
        RunSection.WriteChanges(text, report, Cell);
        foreach (var kernel in report.Kernels.Where(kernel => kernel.Verdict != VerdictKind.Pass))
            Failure(text, kernel);
        foreach (var kernel in report.Kernels)
        {
            foreach (var control in kernel.Controls)
                Control(text, kernel.Name, control);
        }

        Rows(text, report);
        Abi(text, report);
        ThreeWayTables.Write(text, report, Cell);
        RunSection.WriteOrigin(text, report, Cell, Fenced);
        return text.ToString();
    }

    /// <summary>A line for each thing that the long form has a section for.</summary>
    private static void Summary(StringBuilder text, RunReport report)
    {
        foreach (var kernel in report.Kernels)
        {
            foreach (var note in kernel.Notes)
                text.Append($"- {Cell(kernel.Name)}: note: {Cell(note)}\n");
            foreach (var control in kernel.Controls)
            {
                text.Append($"- control, {Cell(control.Variant)}'s suite: {Cell(control.Summary)}");
                text.Append($"{string.Concat(control.Notes.Select(note => $"; note: {Cell(note)}"))}\n");
            }

            if (!kernel.Abi.IsEmpty)
                text.Append($"- ABI of {Cell(kernel.Name)}: {string.Join(", ", kernel.Abi.Select(Cell))}\n");
        }

        var matrix = Matrix.Of(report);
        if (!matrix.Rows.IsEmpty)
            text.Append($"- {matrix.Rows.Length} scenarios, {matrix.Rows.Count(row => row.Cells.Any(cell => cell.Differs))} of them with differences\n");
        var compared = report.Kernels.Where(kernel => !kernel.ThreeWay.IsEmpty).Select(kernel => Cell(kernel.Name)).ToList();
        if (compared.Count > 0)
            text.Append($"- header, compiled code and live kernel agree: {string.Join(", ", compared)}\n");
        if (report.Run is { } run)
            text.Append($"\nTo repeat it:\n\n{Fenced(run.Repeat)}\n");
    }

    private static void KernelTable(StringBuilder text, RunReport report)
    {
        text.Append("| kernel | verdict | tests | failed | skipped | release | accelerator | seconds |\n|---|---|---:|---:|---:|---|---|---:|\n");
        foreach (var kernel in report.Kernels)
        {
            var tests = kernel.Tests;
            text.Append($"| {Cell(kernel.Name)} | **{Cell(kernel.Verdict.Name())}** | {tests?.Total.ToString() ?? "–"} | {tests?.Failed.ToString() ?? "–"} | {tests?.Skipped.ToString() ?? "–"} ");
            text.Append($"| {Cell(kernel.Release ?? "–")} | {Cell(kernel.Accelerator is { } a ? $"{a.Used.Name()}, {a.Clocksource}" : "–")} | {kernel.Phases.Sum(phase => phase.Seconds):0.0} |\n");
        }

        text.Append('\n');
    }

    private static void Kernels(StringBuilder text, RunReport report)
    {
        foreach (var kernel in report.Kernels)
        {
            text.Append($"- **{Cell(kernel.Name)}**: {Cell(kernel.Summary)}");
            text.Append(kernel.Accelerator is { } a && !a.IsAsRequested() ? $" ({Cell(a.Used.Name())}: {Cell(a.Reason)})\n" : "\n");
            foreach (var note in kernel.Notes)
                text.Append($"  - note: {Cell(note)}\n");
        }

        text.Append('\n');
    }

    private static void Failure(StringBuilder text, KernelReport kernel)
    {
        text.Append($"## {Cell(kernel.Name)}: {Cell(kernel.Verdict.Name())}\n\n{Cell(kernel.Summary)}\n\n");
        foreach (var reason in FailureText.OtherReasons(kernel))
            text.Append($"- {Cell(reason)}\n");
        text.Append($"- {string.Join(", ", ReportText.Links(kernel.Paths).Select(link => $"[{Cell(link.Label)}]({link.Path})"))}\n\n");
        if (kernel.Excerpt is { } excerpt)
            text.Append($"{Fenced(excerpt)}\n\n");
        FailedTests(text, [.. kernel.Results.Where(test => test.Outcome == TestOutcome.Failed)]);
        if (kernel.WithoutResult is var missing and > 0)
            text.Append($"{missing} planned {(missing == 1 ? "test has" : "tests have")} no result.\n\n");
        List<TestReport> losses = [.. kernel.Results.Where(test => test is { Outcome: TestOutcome.Missing, Guest: not null })];
        foreach (var test in losses)
            text.Append($"- {Cell(FailureText.WithoutResult(test))}\n");
        text.Append(losses.Count > 0 ? "\n" : "");
    }

    private static void FailedTests(StringBuilder text, IReadOnlyList<TestReport> tests)
    {
        if (tests.Count == 0)
            return;
        text.Append("| row | test | what | expected | observed |\n|---|---|---|---|---|\n");
        foreach (var test in tests)
        {
            var start = $"| {Cell(test.Row ?? "")} | {Cell(ReportText.Title(test))} ";
            var differences = FailureText.Differences(test);
            foreach (var (observable, expected, observed) in differences)
                text.Append($"{start}| {Cell(observable)} | {Cell(expected)} | **{Cell(observed)}** |\n");
            if (differences.Count == 0)
                text.Append($"{start}| {Cell(test.Reason ?? "failed")} | | |\n");
        }

        text.Append('\n');
    }

    private static void Control(StringBuilder text, string kernel, ControlReport control)
    {
        text.Append($"## Control: {Cell(control.Variant)}'s suite on {Cell(kernel)}: {Cell(control.Verdict.Name())}\n\n{Cell(control.Summary)}\n\n");
        foreach (var line in control.Unexpected)
            text.Append($"- **{Cell(line)}**\n");
        foreach (var note in control.Notes)
            text.Append($"- note: {Cell(note)}\n");
        if (!control.ExpectedFailures.IsEmpty)
            text.Append($"- {control.ExpectedFailures.Length} promises fail as they must.\n");
        text.Append('\n');
    }

    private static void Rows(StringBuilder text, RunReport report)
    {
        var matrix = Matrix.Of(report);
        if (matrix.Rows.IsEmpty)
            return;
        text.Append("## Rows\n\nObserved by each kernel; **bold** differs from the first column, ✗ is not what the kernel's profile expects.\n\n");
        text.Append($"| row | scenario | {string.Join(" | ", matrix.Kernels.Select(Cell))} |\n|---|---|{string.Concat(matrix.Kernels.Select(_ => "---|"))}\n");
        foreach (var row in matrix.Rows)
        {
            text.Append($"| {Cell(row.Label)} | {Cell(row.Name)} |");
            foreach (var cell in row.Cells)
                text.Append($" {Observed(cell)} |");
            text.Append('\n');
        }

        text.Append('\n');
    }

    private static string Observed(MatrixCell cell)
    {
        if (cell.Test is not { } test || test.Observed.IsEmpty)
            return (cell.Test?.Outcome.SpeaksAgainst() == true ? "✗ " : "") + cell.Outcome;
        var values = test.Observed.Select(pair => cell.IsDifferent(pair.Key) ? $"{Cell(pair.Key)}=**{Cell(pair.Value)}**" : $"{Cell(pair.Key)}={Cell(pair.Value)}");
        var wrong = test.Outcome.SpeaksAgainst();
        return $"{(wrong ? "✗ " : "")}{string.Join(" ", values)}{(wrong ? $" ({Cell(test.Reason ?? test.Outcome.Name())})" : "")}";
    }

    private static void Abi(StringBuilder text, RunReport report)
    {
        foreach (var kernel in report.Kernels.Where(kernel => !kernel.Abi.IsEmpty))
        {
            text.Append($"## ABI: {Cell(kernel.Name)}\n\n");
            foreach (var line in kernel.Abi)
                text.Append($"- {Cell(line)}\n");
            text.Append('\n');
        }
    }

    // A pipe ends a table cell, even in code; angle brackets start HTML.
    private static string Cell(string text) => new StringBuilder(text)
        .Replace("\\", "\\\\").Replace("|", "\\|").Replace("<", "&lt;").Replace("*", "\\*").Replace('\n', ' ').Replace('\r', ' ').ToString();

    private static string Fenced(string text)
    {
        var fence = "```";
        while (text.Contains(fence, StringComparison.Ordinal))
            fence += "`";
        return $"{fence}\n{text}\n{fence}";
    }
}
