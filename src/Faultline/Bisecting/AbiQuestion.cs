using Faultline.AbiDiff;
using Faultline.AbiExtractor;
using Faultline.AbiSources;
using Faultline.AbiSources.Sides;
using Faultline.AbiSources.Tools;
using Faultline.Cli.Runs;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources.Bisecting;

namespace Faultline.Cli.Bisecting;

/// <summary>Whether a header differs from the good end's by a change over the bar. No kernel is built for it.</summary>
/// <param name="tree">The user's checkout.</param>
/// <param name="good">The good end.</param>
/// <param name="header">As programs include it.</param>
/// <param name="bar">The least severity that counts.</param>
internal sealed class AbiQuestion(string tree, string good, string header, Severity bar) : IBisectQuestion
{
    public string Words => $"abi {header}, {(bar == Severity.Compatible ? "any" : bar.ToString().ToLowerInvariant())} change";

    public async Task<(IReadOnlyList<string>? Shown, string Reason)> AskAsync(
        string commit, string name, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        var old = new SideRequest(good) { Header = header, Tree = tree };
        try
        {
            var report = await new DriftReports(old, old with { Name = commit }, []).CompareAsync(allHeaders: false, null, cancellation);
            var over = report.Findings.Where(finding => finding.Change.Kind.Severity >= bar);
            return ([.. over.Select(finding => finding.Change.ToString())], "");
        }
        catch (Exception e) when (e is ExtractionException or SideException or ToolFailedException)
        {
            return (null, $"its header cannot be read: {e.Message.Split('\n')[0]}");
        }
    }

    public BisectAnswer Judge(IReadOnlyList<string> good, IReadOnlyList<string> shown) => new(shown.Count == 0, shown);
}
