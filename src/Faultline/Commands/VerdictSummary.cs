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
            console.WriteLine($"{kernel.Name}: {kernel.Verdict.Name()}: {kernel.Summary}");
            foreach (var reason in kernel.Reasons.Take(12))
                console.WriteLine($"  {reason}", hanging: 4);
            if (kernel.Reasons.Length > 12)
                console.WriteLine($"  … and {kernel.Reasons.Length - 12} more, see the report");
            if (kernel.Verdict is VerdictKind.Crashed or VerdictKind.Hung or VerdictKind.Infrastructure && kernel.Excerpt is { } excerpt)
                Quote(console, excerpt);
        }

        foreach (var control in kernel.Controls.Where(control => control.Verdict != VerdictKind.Pass))
        {
            console.WriteLine($"{kernel.Name}, asked for {control.Variant}: {control.Verdict.Name()}: {control.Summary}");
            foreach (var reason in control.Unexpected.Take(12))
                console.WriteLine($"  {reason}", hanging: 4);
        }
    }

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
