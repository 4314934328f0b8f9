namespace Faultline.Harness.Argument;

/// <summary>The keys of a condition that all kinds have.</summary>
/// <param name="Fields">Its keys.</param>
/// <param name="IsOpen">Whether it is of any kernel, and asks for nothing: what is there is shown.</param>
internal sealed record ConditionFields(TomlFields Fields, bool IsOpen)
{
    public string Kernel => IsOpen ? "" : Fields.Require("kernel");

    public string Wanted => IsOpen ? "" : Fields.Require("is");

    /// <summary>A figure without limits could not speak against anything.</summary>
    public Bounds Limits => IsOpen ? new Bounds(null, null) : (Fields.Number("least"), Fields.Number("most")) switch
    {
        (null, null) => throw Fields.Error("a figure needs 'least', 'most' or both."),
        var (least, most) => new Bounds(least, most),
    };
}
