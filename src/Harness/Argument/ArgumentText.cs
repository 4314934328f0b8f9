using System.Collections.Immutable;

namespace Faultline.Harness.Argument;

/// <summary>The question, and everything that is said about it.</summary>
/// <param name="Question">In a sentence.</param>
/// <param name="Source">Where it was asked.</param>
/// <param name="Statements">In the order of the file.</param>
internal sealed record ArgumentText(string Question, string Source, ImmutableArray<Statement> Statements)
{
    public ArgumentReport Judge(Facts facts)
    {
        ImmutableArray<JudgedStatement> Of(StatementKind kind) =>
            [.. Statements.Where(statement => statement.Kind == kind).Select(statement => statement.Judge(facts))];
        return new ArgumentReport(Question, Source)
        {
            Answers = Of(StatementKind.Answer),
            Claims = Of(StatementKind.Claim),
            Findings = [.. Of(StatementKind.Finding).OrderBy(finding => finding.Severity)],
        };
    }
}
