using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Faultline.Harness.Argument;

/// <summary>A statement, and how it stands.</summary>
/// <param name="Says">With the values that were seen.</param>
/// <param name="Standing">Whether it holds.</param>
/// <param name="Evidence">What that rests on.</param>
internal sealed record JudgedStatement(string Says, Standing Standing, ImmutableArray<Evidence> Evidence)
{
    /// <inheritdoc cref="Statement.Who"/>
    public string? Who { get; init; }

    /// <inheritdoc cref="Statement.Means"/>
    public string? Means { get; init; }

    /// <summary>What is said in place of "does not hold", which would say too much; null for nothing.</summary>
    public string? Otherwise { get; init; }

    /// <summary>How it stands, in words.</summary>
    [JsonIgnore]
    public string Word => Otherwise ?? Standing.Word();

    /// <summary>The command that measures what is missing; null where nothing is, or a plain run measures it.</summary>
    public string? Ask { get; init; }

    /// <inheritdoc cref="Statement.Severity"/>
    public Severity? Severity { get; init; }
}
