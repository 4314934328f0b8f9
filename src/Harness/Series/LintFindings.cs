using System.Globalization;
using System.Text.RegularExpressions;
using Faultline.Harness.Kernels.StepOutput;

namespace Faultline.Harness.Series;

/// <summary>
/// Compares what sparse and W=1 say of a patch's files before it and after it: trees are full of findings that no patch is to blame for.
/// </summary>
/// <param name="lines">The output of images/kernel-steps/check-lint.sh.</param>
internal sealed partial class LintFindings(IReadOnlyList<string> lines)
{
    private const string Before = "faultline: lint before";
    private const string After = "faultline: lint after";

    public (CheckOutcome Outcome, string Summary, IReadOnlyList<string> Details) Read()
    {
        var changed = CheckFindings.Marked(lines, "changed ").ToHashSet(StringComparer.Ordinal);
        var before = lines.SkipWhile(line => line != Before).TakeWhile(line => line != After).ToList();
        var after = lines.SkipWhile(line => line != After).ToList();
        var linted = CheckFindings.Marked(after, "linted ").ToList();
        if (linted.Count == 0)
            return (CheckOutcome.Skipped, "none of its C files is compiled in this configuration", []);
        var known = Findings(before, changed).CountBy(finding => finding.Key).ToDictionary();
        var fresh = new List<string>();
        foreach (var finding in Findings(after, changed))
        {
            if (known.GetValueOrDefault(finding.Key) is > 0 and var left)
                known[finding.Key] = left - 1;
            else
                fresh.Add(finding.Text);
        }

        // kbuild calls sparse on what has been compiled, and on nothing else.
        var looked = after.Count(line => line.StartsWith("  CHECK ", StringComparison.Ordinal));
        return looked < linted.Count
                ? (CheckOutcome.Failed, $"only {looked} of {CheckFindings.Count(linted.Count, "file")} could be looked at", fresh)
            : fresh.Count > 0 ? (CheckOutcome.Complaint, CheckFindings.Count(fresh.Count, "new finding"), fresh)
            : (CheckOutcome.Ok, $"nothing new in {CheckFindings.Count(linted.Count, "file")}", []);
    }

    /// <summary>The findings in changed files, each place once. Places move, so that a finding is known by file and words.</summary>
    private static IEnumerable<((string File, string Words) Key, string Text)> Findings(
        IEnumerable<string> output, HashSet<string> changed) =>
        from match in output.Distinct(StringComparer.Ordinal).Select(line => Finding().Match(line))
        where match.Success
        let file = BuildError.InsideTree(match.Groups["file"].Value)
        where changed.Contains(file)
        let words = match.Groups["words"].Value
        select ((file, words), string.Create(CultureInfo.InvariantCulture, $"{file}:{match.Groups["line"].Value}: {words}"));

    // gcc and sparse give line and column, scripts/kernel-doc a line.
    [GeneratedRegex(@"^(?<file>[^\s:][^:]*):(?<line>\d+)(?::\d+)?: (?<words>(?:warning|error): .+)$")]
    private static partial Regex Finding();
}
