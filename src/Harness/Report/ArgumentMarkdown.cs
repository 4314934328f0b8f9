using System.Text;
using Faultline.Harness.Argument;

namespace Faultline.Harness.Report;

/// <summary>The answer in Markdown, short: all that it rests on is on the page.</summary>
internal static class ArgumentMarkdown
{
    /// <param name="cell">Makes text safe for Markdown.</param>
    public static void Write(StringBuilder text, RunReport report, Func<string, string> cell)
    {
        if (report.Argument is not { } argument)
            return;
        text.Append($"**{cell(argument.Question)}**{(argument.Short is { } inShort ? $" {cell(inShort)}" : "")}\n\n");
        foreach (var answer in argument.Answers)
            text.Append($"1. {Answer(answer, cell)}\n");
        text.Append("\n| who | said | verdict |\n|---|---|---|\n");
        foreach (var claim in argument.Claims)
            text.Append($"| {cell(claim.Who ?? "")} | {cell(claim.Says)} | {claim.Word} |\n");
        var severities = argument.Findings.Where(finding => finding.Standing == Standing.Holds).GroupBy(finding => finding.Severity)
            .Select(group => $"{group.Count()} {group.Key?.Word()}");
        text.Append($"\nFindings: {string.Join(", ", severities)}. {cell(ArgumentSection.FiguresOf(argument))}\n\n");
    }

    private static string Answer(JudgedStatement answer, Func<string, string> cell) => answer switch
    {
        { Standing: not Standing.Holds } => $"({answer.Word}) {cell(answer.Says)}",
        { Means: { } means } => $"**{cell(means)}** {cell(answer.Says)}",
        _ => cell(answer.Says),
    };
}
