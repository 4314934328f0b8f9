namespace Faultline.Harness.Argument;

/// <summary>Something that must have been seen for a statement to hold.</summary>
internal abstract record Condition
{
    /// <summary>The place in the statement's text that shows its value; null for none.</summary>
    public string? Named { get; init; }

    /// <summary>This condition, asked of another kernel.</summary>
    public abstract Condition On(string kernel);

    public abstract Evidence Examine(Facts facts);
}
