using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;

namespace Faultline.Harness.Tests.Report;

/// <summary>A page in Debian's chromium, in a frame of a given width, with the rules of axe-core asked of it.</summary>
internal static partial class Browser
{
    private const string Rules = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']";

    /// <param name="page">The page's HTML.</param>
    /// <param name="width">Of the frame, in CSS pixels.</param>
    /// <param name="dark">The colour scheme that the reader prefers.</param>
    /// <param name="folder">An empty folder to work in.</param>
    public static async Task<Seen> LookAsync(string page, int width, bool dark, string folder, CancellationToken cancellation)
    {
        var axe = RepositoryRoot.Of("tests", "browser", "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(axe))
            throw new FileNotFoundException("axe-core is missing: npm ci --prefix tests/browser, or ./build.sh test, which does it.", axe);
        var rules = (await File.ReadAllTextAsync(axe, cancellation)).Replace("</script", "<\\/script", StringComparison.Ordinal);
        var ask = $$"""
            <script>{{rules}}</script>
            <script>axe.run(document, {runOnly: {{Rules}}}).then(found => parent.postMessage(JSON.stringify({
                violations: found.violations.flatMap(
                    rule => rule.nodes.map(node => rule.id + ': ' + node.html + ' ' + node.failureSummary)),
                rules: found.passes.length, needs: document.documentElement.scrollWidth, width: innerWidth,
                dark: matchMedia('(prefers-color-scheme: dark)').matches}), '*'))</script></body>
            """;
        var asking = page.Replace("</body>", ask, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "page.html"), asking, cancellation);
        // A window has a least width, a frame has none.
        await File.WriteAllTextAsync(Path.Combine(folder, "frame.html"), $$"""
            <!doctype html><iframe src="page.html" style="border: 0; width: {{width}}px; height: 1200px"></iframe>
            <script>
            onmessage = e => { const p = document.createElement('pre'); p.id = 'seen'; p.textContent = e.data; document.body.append(p); }
            </script>
            """, cancellation);
        var run = await CliWrap.Cli.Wrap("chromium").WithArguments(
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
                $"--user-data-dir={Path.Combine(folder, "profile")}", "--window-size=1700,1300",
                $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}", "--virtual-time-budget=60000",
                "--dump-dom", new Uri(Path.Combine(folder, "frame.html")).AbsoluteUri,
            ])
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellation);
        var seen = Answer().Match(run.StandardOutput);
        Assert.True(seen.Success, $"chromium ended with {run.ExitCode} and no answer:\n{run.StandardError}");
        var answer = JsonSerializer.Deserialize<Seen>(WebUtility.HtmlDecode(seen.Groups[1].Value), JsonSerializerOptions.Web)!;
        return answer with
        {
            Console = [.. run.StandardError.Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal))],
        };
    }

    [GeneratedRegex("<pre id=\"seen\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Answer();

    /// <summary>What was found.</summary>
    /// <param name="Violations">Of axe-core's rules: rule, element, what to do.</param>
    /// <param name="Rules">How many rules had something to look at and were kept.</param>
    /// <param name="Needs">The width that the page takes, in CSS pixels.</param>
    /// <param name="Width">The width that it has.</param>
    /// <param name="Dark">Whether the page takes the reader to prefer dark colours.</param>
    public sealed record Seen(IReadOnlyList<string> Violations, int Rules, int Needs, int Width, bool Dark)
    {
        /// <summary>The lines of the browser's console.</summary>
        public IReadOnlyList<string> Console { get; init; } = [];
    }
}
