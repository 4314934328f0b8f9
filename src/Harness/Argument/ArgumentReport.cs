using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Faultline.Harness.Argument;

/// <summary>What a run and the benchmark say about the question that the variants are there to answer.</summary>
/// <param name="Question">In a sentence.</param>
/// <param name="Source">Where it was asked.</param>
internal sealed record ArgumentReport(string Question, string Source)
{
    /// <summary>The answer in a sentence; null where a part of it does not hold.</summary>
    public string? Short { get; init; }

    public ImmutableArray<JudgedStatement> Answers { get; init; } = [];

    /// <summary>What shows all kernels of the report at a glance, in its order.</summary>
    public ImmutableArray<GlanceLine> Glances { get; init; } = [];

    public ImmutableArray<JudgedStatement> Claims { get; init; } = [];

    /// <summary>Worst first.</summary>
    public ImmutableArray<JudgedStatement> Findings { get; init; } = [];

    /// <summary>All that rests on rows of the suite.</summary>
    [JsonIgnore]
    public IEnumerable<Evidence> Rows =>
        Answers.Concat(Claims).Concat(Findings).SelectMany(statement => statement.Evidence).Where(evidence => evidence.Row is not null);

    /// <summary>The source of the figures; null where nothing was measured.</summary>
    public FigureSource? Figures { get; init; }
}
