using System.Collections.Immutable;

namespace Faultline.Harness.Argument;

/// <summary>The question, and everything that is said about it.</summary>
/// <param name="Question">In a sentence.</param>
/// <param name="Source">Where it was asked.</param>
/// <param name="Statements">In the order of the file.</param>
/// <param name="Glances">What shows all kernels at a glance.</param>
internal sealed record ArgumentText(string Question, string Source, ImmutableArray<Statement> Statements, ImmutableArray<Glance> Glances)
{
    /// <summary>The answer in a sentence, where all of it holds; null for none.</summary>
    public string? Short { get; init; }

    /// <param name="facts">What was observed and measured.</param>
    /// <param name="kernels">Those of the report.</param>
    public ArgumentReport Judge(Facts facts, IReadOnlyList<string> kernels)
    {
        ImmutableArray<JudgedStatement> Of(StatementKind kind) =>
            [.. Statements.Where(statement => statement.Kind == kind).Select(statement => statement.Judge(facts))];
        var answers = Of(StatementKind.Answer);
        return new ArgumentReport(Question, Source)
        {
            Short = answers.All(answer => answer.Standing == Standing.Holds) ? Short : null,
            Glances =
            [
                .. Glances.Select(glance => glance.Look(facts, kernels)).Where(line => line.Cells.Any(cell => cell.Met is not null)),
            ],
            Answers = answers,
            Claims = Of(StatementKind.Claim),
            Findings = [.. Of(StatementKind.Finding).OrderBy(finding => finding.Severity)],
        };
    }
}
