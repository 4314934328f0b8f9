using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Results;

namespace Faultline.Harness.Report;

/// <summary>The card of one kernel at the top of the page.</summary>
internal static class KernelCard
{
    public static void Write(Html html, KernelReport kernel)
    {
        html.Raw(kernel.Verdict == VerdictKind.Pass ? "<article class=\"card\">" : "<article class=\"card bad\">")
            .Raw("<div class=\"head\"><h3>").Text(kernel.Name).Raw("</h3>").Badge(kernel.Verdict).Raw("</div><p class=\"soft\">")
            .Text(kernel.Title.Length > 0 ? kernel.Title : kernel.Summary).Raw("</p>");
        if (kernel.Tests is { } tests)
        {
            html.Raw("<div class=\"counts\">");
            Count(html, tests.Passed, "passed");
            Count(html, tests.Failed - kernel.WithoutResult, "failed");
            if (kernel.WithoutResult > 0)
                Count(html, kernel.WithoutResult, "without result");
            Count(html, tests.Skipped, "skipped");
            html.Raw("</div>");
        }

        html.Raw("<dl>");
        Fact(html, "release", kernel.Release);
        Fact(html, "feature", kernel.Feature is null ? null : kernel.FeatureBit is { } bit ? $"{kernel.Feature} (1<<{bit})" : kernel.Feature);
        if (kernel.Source is { } source)
            Fact(html, "source", source.Version is null || source.Version == source.Name ? source.Name : $"{source.Name} ({source.Version})");
        html.Raw("</dl>");
        if (kernel.Verdict != VerdictKind.Pass)
            html.List(kernel.Notes.Select(note => $"Note: {note}"));
        Patches(html, kernel);
        html.Raw("<details class=\"more\"><summary class=\"soft\">▸ how it ran</summary><dl>");
        if (kernel.Accelerator is { } accelerator)
        {
            Fact(html, "accelerator", accelerator.IsAsRequested() ? accelerator.Used.Name() : $"{accelerator.Used.Name()}: {accelerator.Reason}");
            Fact(html, "clocksource", accelerator.Clocksource);
        }

        if (!kernel.Guests.IsEmpty)
            Fact(html, "start", string.Join(", ", kernel.Guests.Select(guest => guest.Start.Name())));
        var cached = kernel.Phases.Count(phase => phase.Cached);
        if (!kernel.Phases.IsEmpty)
            Fact(html, "time", $"{ReportText.Seconds(kernel.Phases.Sum(phase => phase.Seconds))}, {cached} of {kernel.Phases.Length} phases cached");
        Fact(html, "compiler", kernel.Compiler);
        html.Raw("</dl>");
        if (kernel.Verdict == VerdictKind.Pass)
            html.List(kernel.Notes.Select(note => $"Note: {note}"));
        html.Raw("</details>");
        Links(html, kernel.Paths);
        html.Raw("</article>");
    }

    public static void Links(Html html, IReadOnlyDictionary<string, string> paths)
    {
        if (paths.Count == 0)
            return;
        html.Raw("<div class=\"links\">");
        foreach (var (label, path) in ReportText.Links(paths))
            html.Raw("<a href=\"").Text(path).Raw("\">").Text(label).Raw("</a>");
        html.Raw("</div>");
    }

    private static void Patches(Html html, KernelReport kernel)
    {
        if (kernel.Patches.IsEmpty)
            return;
        html.Raw("<details class=\"more\"><summary class=\"soft\">").Text($"▸ {kernel.Patches.Length} {(kernel.Patches.Length == 1 ? "patch" : "patches")}")
            .Raw("</summary>").List(kernel.Patches.Select(patch => patch.Subject ?? patch.File)).Raw("</details>");
    }

    private static void Count(Html html, int count, string what) =>
        html.Raw($"<div class=\"{(count == 0 ? "zero" : "some")}{(what == "passed" || what == "skipped" ? "" : " failed")}\"><b>{count}</b><span class=\"soft\">{what}</span></div>");

    private static void Fact(Html html, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            html.Raw("<dt>").Text(name).Raw("</dt><dd>").Text(value).Raw("</dd>");
    }
}
