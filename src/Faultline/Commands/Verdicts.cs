using System.CommandLine;
using Faultline.Cli.Pipeline;
using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Report;

namespace Faultline.Cli.Commands;

/// <summary>What <c>run</c> and <c>test</c> share: options to request, report to terminal.</summary>
internal static class Verdicts
{
    private const int ExcerptLines = 24, ShownChanges = 6;

    public static IReadOnlyList<string> Filters(ParseResult parsed) => parsed.GetValue(CommonOptions.Filter) is { } filter ? [filter] : [];

    public static AcceleratorChoice Accelerator(ParseResult parsed) =>
        Enum.Parse<AcceleratorChoice>(parsed.GetValue(CommonOptions.Accelerator)!, ignoreCase: true);

    public static Deadlines Deadlines(ParseResult parsed)
    {
        TimeSpan? Given(Option<int?> option) => parsed.GetValue(option) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new Deadlines { Boot = Given(CommonOptions.BootTimeout), Run = Given(CommonOptions.Timeout) };
    }

    public static async Task<int> RunAsync(ParseResult parsed, MainRunRequest request, CancellationToken cancellation)
    {
        using var alone = await CheckoutLock.TakeAsync(request.Selection.Workspace, parsed.GetValue(CommonOptions.Json), cancellation);
        var report = await ProgressDisplay.RunAsync(
            parsed.GetValue(CommonOptions.Json), progress => new MainRun(request, progress, cancellation).RunAsync());
        Print(parsed, report, request.ReportFolder);
        return report.ExitCode;
    }

    public static void Print(ParseResult parsed, RunReport report, string folder)
    {
        if (parsed.GetValue(CommonOptions.Json))
        {
            Console.Out.Write(File.ReadAllText(Path.Combine(folder, "results.json")));
            return;
        }

        var console = Consoles.Out;
        console.WriteLine();
        VerdictTable.Print(console, report.Kernels);
        foreach (var kernel in report.Kernels)
            Explain(console, kernel);
        foreach (var (name, note) in Notes(report))
            console.WriteLine($"{name}: note: {note}");
        foreach (var accelerator in report.Kernels.Select(kernel => kernel.Accelerator).OfType<AcceleratorReport>().Where(used => used is { Requested: "auto", Used: "tcg" }).Take(1))
            console.WriteLine($"no KVM: {accelerator.Reason}");
        foreach (var change in report.Changes.Take(ShownChanges))
            console.WriteLine($"since the last run: {change}");
        if (report.Changes.Length > ShownChanges)
            console.WriteLine($"since the last run: … and {report.Changes.Length - ShownChanges} more changes, see the report");
        console.WriteLine($"report: {Path.Combine(folder, "index.html")}");
        console.WriteLine($"verdict: {report.Verdict} (exit {report.ExitCode}) after {report.Seconds:0.0} s");
    }

    private static IEnumerable<(string Name, string Note)> Notes(RunReport report) => report.Kernels.SelectMany(kernel =>
        kernel.Notes.Select(note => (kernel.Name, note))
            .Concat(kernel.Controls.SelectMany(control => control.Notes.Select(note => ($"{kernel.Name}, asked for {control.Variant}", note)))));

    private static void Explain(TextConsole console, KernelReport kernel)
    {
        if (kernel.Verdict != "pass")
        {
            console.WriteLine($"{kernel.Name}: {kernel.Verdict}: {kernel.Summary}");
            foreach (var reason in kernel.Reasons.Take(12))
                console.WriteLine($"  {reason}", hanging: 4);
            if (kernel.Reasons.Length > 12)
                console.WriteLine($"  … and {kernel.Reasons.Length - 12} more, see the report");
            if (kernel.Verdict is "crashed" or "hung" or "infrastructure" && kernel.Excerpt is { } excerpt)
                Quote(console, excerpt);
        }

        foreach (var control in kernel.Controls.Where(control => control.Verdict != "pass"))
        {
            console.WriteLine($"{kernel.Name}, asked for {control.Variant}: {control.Verdict}: {control.Summary}");
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
