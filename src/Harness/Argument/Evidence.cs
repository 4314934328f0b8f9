using System.Text.Json.Serialization;

namespace Faultline.Harness.Argument;

/// <summary>What one condition came to.</summary>
/// <param name="Text">What was seen or measured, or that nothing was.</param>
/// <param name="Met">Whether it is as the condition wants it; null where nothing was seen.</param>
internal sealed record Evidence(string Text, bool? Met)
{
    /// <summary>The row that was observed; null for a figure.</summary>
    public string? Row { get; init; }

    /// <summary>The kernel it was observed on.</summary>
    public string? Kernel { get; init; }

    /// <summary>What of the row was looked at; null for a figure.</summary>
    [JsonIgnore]
    public string? Observable { get; init; }

    /// <summary>The size of the memory that was measured, in words.</summary>
    [JsonIgnore]
    public string Size { get; init; } = "?";

    /// <summary>The value alone, for the place that a statement's text keeps for it.</summary>
    [JsonIgnore]
    public string Value { get; init; } = "?";
}
