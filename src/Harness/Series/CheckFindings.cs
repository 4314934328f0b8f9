using System.Globalization;
using System.Text.RegularExpressions;
using Faultline.Harness.Kernels;
using Faultline.Harness.Kernels.StepOutput;

namespace Faultline.Harness.Series;

/// <summary>Reads the output of one check of images/kernel-steps/check-series: what it found, as lines for people.</summary>
/// <param name="kind">The check.</param>
/// <param name="subject">The patch or option.</param>
/// <param name="lines">What was printed between its begin and its end.</param>
internal sealed partial class CheckFindings(CheckKind kind, string subject, IReadOnlyList<string> lines)
{
    /// <param name="ending">The script's word for the end and what it added to it.</param>
    public (CheckOutcome Outcome, string Summary, IReadOnlyList<string> Details) Read(string ending)
    {
        var (word, remark) = ending.Split(' ', 2) is [var first, var rest] ? (first, rest) : (ending, "");
        return word switch
        {
            "ok" => Good(),
            "foundation" => (CheckOutcome.Ok, "of the variant it stands on, not checked further", []),
            "skipped" => (CheckOutcome.Skipped, remark, []),
            "complaint" => Style(),
            "was-off" => (CheckOutcome.Impossible, "is not on in the configuration that is checked",
                ["the kernel has no such option, or a fragment or a dependency keeps it off"]),
            "stays-on" => (CheckOutcome.Impossible, "cannot be switched off",
                [.. lines.Where(l => l.StartsWith("CONFIG_", StringComparison.Ordinal)).Select(l => $"{l} after olddefconfig: something selects it, or it has no prompt")]),
            "failed" => Failed(),
            _ => throw new FormatException($"check-series ended '{kind} {subject}' with the unknown word '{word}'."),
        };
    }

    private (CheckOutcome, string, IReadOnlyList<string>) Good()
    {
        if (kind == CheckKind.Lint)
            return new LintFindings(lines).Read();
        var warnings = Warnings();
        if (warnings.Count > 0)
            return (CheckOutcome.Complaint, Count(warnings.Count, "compiler warning"), warnings);
        if (kind == CheckKind.Machine && Compiled == 0)
            return (CheckOutcome.Skipped, "its configuration has none of the changed files", []);
        List<string> notes =
            [.. Marked("not compiled ").Select(f => $"{f} is not compiled in this configuration: nothing is proved about it")];
        var absent = Marked("absent ").Count();
        return (CheckOutcome.Ok, kind switch
        {
            CheckKind.Build => $"{Count(Compiled, "object")} compiled, vmlinux linked",
            CheckKind.Without or CheckKind.Machine =>
                $"{Count(Compiled, "object")} compiled{(absent == 0 ? "" : $", {absent} not part of the configuration")}",
            _ => "",
        }, notes);
    }

    private (CheckOutcome, string, IReadOnlyList<string>) Style()
    {
        List<string> complaints = [.. lines.Where(l => Complaint().IsMatch(l)).Select(l => Complaint().Match(l).Groups[1].Value)];
        return (CheckOutcome.Complaint, Count(complaints.Count, "complaint"), complaints);
    }

    private (CheckOutcome, string, IReadOnlyList<string>) Failed()
    {
        if (kind == CheckKind.Apply)
        {
            var failure = PatchFailure.Parse(lines);
            return (CheckOutcome.Failed, failure.Problem ?? "does not apply", [.. failure.Details()]);
        }

        List<string> details =
        [
            .. BuildError.Find(lines).Select(e => e.ToString()),
            .. Marked("undefined ").Select(m => $"{m.Split(" in ")[1]}: undefined reference to `{m.Split(" in ")[0]}', which nothing defines with {subject} off"),
        ];
        return (CheckOutcome.Failed, kind == CheckKind.Machine ? "does not compile" : "does not build", details.Count > 0 ? details : [.. lines.TakeLast(15)]);
    }

    /// <summary>The findings in files that the patch changes; all others were there before.</summary>
    private List<string> Warnings()
    {
        var changed = Marked("changed ").ToHashSet(StringComparer.Ordinal);
        return
        [
            .. lines.Select(l => Warning().Match(l)).Where(m => m.Success && changed.Contains(BuildError.InsideTree(m.Groups[1].Value)))
                .Select(m => $"{BuildError.InsideTree(m.Groups[1].Value)}:{m.Groups[2].Value}: {m.Groups[3].Value}").Distinct(StringComparer.Ordinal),
        ];
    }

    private int Compiled => lines.Count(l => l.StartsWith("  CC ", StringComparison.Ordinal) || l.StartsWith("  AS ", StringComparison.Ordinal));

    private IEnumerable<string> Marked(string mark) => Marked(lines, mark);

    /// <summary>What stands behind the script's own word in the lines that have it: the files of <c>changed</c>.</summary>
    internal static IEnumerable<string> Marked(IEnumerable<string> output, string mark) =>
        output.Where(l => l.StartsWith("faultline: " + mark, StringComparison.Ordinal)).Select(l => l["faultline: ".Length..][mark.Length..]);

    internal static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    // checkpatch.pl --terse: PATCH:LINE: LEVEL:TYPE: words. The patch is known; its line is not the tree's but leads to the place in the file.
    [GeneratedRegex(@"^/\S+\.patch:((?:\d+|FILE): (?:ERROR|WARNING|CHECK):.*)$")]
    private static partial Regex Complaint();

    [GeneratedRegex(@"^([^\s:][^:]*):(\d+):\d+: (warning: .+)$")]
    private static partial Regex Warning();
}
