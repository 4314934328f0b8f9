using System.Globalization;
using System.Text;

namespace Faultline.Harness.Report;

/// <summary>How the run came about, and what is not as in the last one.</summary>
internal static class RunSection
{
    /// <summary>A kernel that stopped to boot changes every test; the first few tell the story.</summary>
    private const int ShownChanges = 40;

    public static void WriteChanges(Html html, RunReport report)
    {
        if (report.ComparedWith is null || report.Changes.IsEmpty)
            return;
        html.Raw("<h2>Since the last run</h2>").List(Changes(report), "reasons changes");
    }

    public static void WriteOrigin(Html html, RunReport report)
    {
        if (report.Run is not { } run)
            return;
        html.Raw("<h2>This run</h2><section class=\"card\"><p class=\"soft\">To repeat it:</p><pre>").Text(run.Repeat).Raw("</pre><dl>");
        foreach (var (name, value) in Facts(report, run))
            html.Raw("<dt>").Text(name).Raw("</dt><dd>").Text(value).Raw("</dd>");
        html.Raw("</dl>");
        if (!report.Earlier.IsEmpty)
        {
            html.Raw("<details class=\"more\"><summary class=\"soft\">").Text($"▸ {report.Earlier.Length} earlier {(report.Earlier.Length == 1 ? "report" : "reports")}").Raw("</summary><div class=\"links\">");
            foreach (var earlier in report.Earlier)
                html.Raw("<a href=\"").Text($"{earlier}/index.html").Raw("\">").Text(Path.GetFileName(earlier)).Raw("</a>");
            html.Raw("</div></details>");
        }

        html.Raw("</section>\n");
    }

    /// <param name="most">So many are shown.</param>
    public static void WriteChanges(StringBuilder text, RunReport report, Func<string, string> cell, int most = ShownChanges)
    {
        if (report.ComparedWith is not { } last || report.Changes.IsEmpty)
            return;
        text.Append($"## Since the last run\n\nCompared with [{Path.GetFileName(last)}]({last}/report.md).\n\n");
        foreach (var line in Changes(report, most))
            text.Append($"- {cell(line)}\n");
        text.Append('\n');
    }

    /// <param name="fenced">Writes a block of code.</param>
    public static void WriteOrigin(StringBuilder text, RunReport report, Func<string, string> cell, Func<string, string> fenced)
    {
        if (report.Run is not { } run)
            return;
        text.Append($"## This run\n\nTo repeat it:\n\n{fenced(run.Repeat)}\n\n");
        foreach (var (name, value) in Facts(report, run))
            text.Append($"- {name}: {cell(value)}\n");
        foreach (var kernel in report.Kernels.Where(kernel => !kernel.Patches.IsEmpty))
        {
            text.Append($"\nThe series of {cell(kernel.Name)}:\n\n");
            foreach (var patch in kernel.Patches)
                text.Append($"- {cell(patch.Subject ?? patch.File)}\n");
        }

        text.Append('\n');
    }

    private static IEnumerable<string> Changes(RunReport report, int most = ShownChanges)
    {
        var shown = report.Changes.Take(most).Select(change => change.ToString());
        return report.Changes.Length > most ? shown.Append($"and {report.Changes.Length - most} more, see changes in results.json") : shown;
    }

    private static IEnumerable<(string Name, string Value)> Facts(RunReport report, RunFacts run)
    {
        yield return ("started", report.Started.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        yield return ("in", run.Folder);
        yield return ("Faultline", run.Revision is null ? run.Version : $"{run.Version}, checkout {run.Revision}");
        foreach (var (tool, version) in run.Tools)
            yield return (tool, version);
        if (run.Machine is { } machine)
        {
            yield return ("machine", string.Create(
                CultureInfo.InvariantCulture, $"{machine.Cpu}, {machine.Cores} cores, {machine.MemoryMiB / 1024.0:0.0} GiB, {machine.System}, kernel {machine.Kernel}"));
            yield return ("load", string.Create(
                CultureInfo.InvariantCulture, $"{machine.LoadBefore:0.00} when the run began{(machine.Busy ? ", so the machine was busy with something else" : "")}"));
        }
    }
}
