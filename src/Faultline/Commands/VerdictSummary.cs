using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Report;

namespace Faultline.Cli.Commands;

/// <summary>What a person reads at the end of a run: the verdicts, why a kernel did not pass, and where the report is.</summary>
internal static class VerdictSummary
{
    private const int ExcerptLines = 24, ShownChanges = 6;

    /// <param name="folder">That of the report.</param>
    public static void Print(TextConsole console, RunReport report, string folder)
    {
        console.WriteLine();
        VerdictTable.Print(console, report.Kernels);
        foreach (var kernel in report.Kernels)
            Explain(console, kernel);
        foreach (var (name, note) in Notes(report))
            console.WriteLine($"{name}: note: {note}");
        foreach (var accelerator in report.Kernels.Select(kernel => kernel.Accelerator).OfType<Accelerator>()
            .Where(used => used is { Requested: AcceleratorChoice.Auto, Used: AcceleratorKind.Tcg }).Take(1))
            console.WriteLine($"no KVM: {accelerator.Reason}");
        foreach (var change in report.Changes.Take(ShownChanges))
            console.WriteLine($"since the last run: {change}");
        if (report.Changes.Length > ShownChanges)
            console.WriteLine($"since the last run: … and {report.Changes.Length - ShownChanges} more changes, see the report");
        console.WriteLine($"report: {Path.Combine(folder, "index.html")}");
        console.WriteLine($"verdict: {report.Verdict.Name()} (exit {report.ExitCode}) after {report.Seconds:0.0} s");
    }

    private static IEnumerable<(string Name, string Note)> Notes(RunReport report) => report.Kernels.SelectMany(kernel =>
        kernel.Notes.Select(note => (kernel.Name, note))
            .Concat(kernel.Controls.SelectMany(control =>
                control.Notes.Select(note => ($"{kernel.Name}, asked for {control.Variant}", note)))));

    private static void Explain(TextConsole console, KernelReport kernel)
    {
        if (kernel.Verdict != VerdictKind.Pass)
        {
            console.WriteLine($"{kernel.Name}: {kernel.Verdict.Name()}: {WithoutName(kernel)}");
            // A verdict with one reason is summed up by it, and what has been said is not said again.
            List<string> reasons = [.. kernel.Reasons.Where(reason => reason != kernel.Summary)];
            foreach (var reason in reasons.Take(12))
                console.WriteLine($"  {reason}", hanging: 4);
            if (reasons.Count > 12)
                console.WriteLine($"  … and {reasons.Count - 12} more, see the report");
            if (kernel.Verdict is VerdictKind.Crashed or VerdictKind.Hung or VerdictKind.Infrastructure && kernel.Excerpt is { } excerpt
                && !excerpt.Split('\n').All(line => kernel.Summary?.Contains(line.Trim(), StringComparison.Ordinal) == true))
            {
                Quote(console, excerpt);
            }
        }

        foreach (var control in kernel.Controls.Where(control => control.Verdict != VerdictKind.Pass))
        {
            console.WriteLine($"{kernel.Name}, asked for {control.Variant}: {control.Verdict.Name()}: {control.Summary}");
            foreach (var reason in control.Unexpected.Where(reason => reason != control.Summary).Take(12))
                console.WriteLine($"  {reason}", hanging: 4);
        }
    }

    /// <summary>What keeps a kernel from being tested begins with its name, as messages do where nothing else says it.</summary>
    private static string? WithoutName(KernelReport kernel) =>
        kernel.Summary?.StartsWith($"{kernel.Name}: ", StringComparison.Ordinal) == true
            ? kernel.Summary[(kernel.Name.Length + 2)..] : kernel.Summary;

    /// <summary>The part of the kernel log that a reader wants first: the trace, the blocked tasks, the last lines.</summary>
    private static void Quote(TextConsole console, string excerpt)
    {
        var lines = excerpt.TrimEnd().Split('\n');
        foreach (var line in lines.Take(ExcerptLines))
            console.WriteLine($"  | {line}", hanging: 6);
        if (lines.Length > ExcerptLines)
            console.WriteLine($"  | … {lines.Length - ExcerptLines} more lines in the report");
    }
}
