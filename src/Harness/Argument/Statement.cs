using System.Collections.Immutable;

namespace Faultline.Harness.Argument;

/// <summary>Something that is said, and what must have been seen for it to hold.</summary>
/// <param name="Kind">What it is to the argument.</param>
/// <param name="Says">
/// The statement; <c>{name}</c> is the value of the condition of that name, <c>{name:size}</c> the memory it is of.
/// </param>
/// <param name="Needs">All of it must have been seen.</param>
internal sealed record Statement(StatementKind Kind, string Says, ImmutableArray<Condition> Needs)
{
    /// <summary>Who said it; null for an answer and a finding.</summary>
    public string? Who { get; init; }

    /// <summary>What follows from it, in a few words; null for nothing.</summary>
    public string? Means { get; init; }

    /// <summary>The word for how it stands where it does not hold, when that says too much; null for none.</summary>
    public string? Otherwise { get; init; }

    /// <summary>The command that measures what a plain run does not; null where a plain run does.</summary>
    public string? Ask { get; init; }

    /// <summary>How grave a finding is.</summary>
    public Severity? Severity { get; init; }

    /// <summary>
    /// Conditions that, when they were seen as well, mean that the statement holds for the other designs too.
    /// </summary>
    public ImmutableArray<Condition> Moot { get; init; } = [];

    public JudgedStatement Judge(Facts facts)
    {
        var needs = Needs.Select(condition => (condition, Evidence: condition.Examine(facts))).ToList();
        var moot = Moot.Select(condition => condition.Examine(facts)).ToList();
        var standing = needs switch
        {
            _ when needs.Any(need => need.Evidence.Met == false) => Standing.DoesNotHold,
            _ when needs.Any(need => need.Evidence.Met is null) => Standing.NotMeasured,
            _ when moot.Count > 0 && moot.All(evidence => evidence.Met == true) => Standing.NoDifference,
            _ => Standing.Holds,
        };
        return new JudgedStatement(Fill(Says, needs), standing, [.. needs.Select(need => need.Evidence), .. moot])
        {
            Who = Who, Means = Means is null ? null : Fill(Means, needs), Severity = Severity,
            Otherwise = standing == Standing.DoesNotHold ? Otherwise : null, Ask = standing == Standing.NotMeasured ? Ask : null,
        };
    }

    private static string Fill(string text, IEnumerable<(Condition Condition, Evidence Evidence)> needs)
    {
        foreach (var (condition, evidence) in needs.Where(need => need.Condition.Named is not null))
        {
            text = text.Replace($"{{{condition.Named}}}", evidence.Value, StringComparison.Ordinal)
                .Replace($"{{{condition.Named}:size}}", evidence.Size, StringComparison.Ordinal);
        }

        return text;
    }
}
