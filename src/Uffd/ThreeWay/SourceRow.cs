namespace Faultline.Uffd.ThreeWay;

/// <summary>What the three sources say about one thing.</summary>
/// <param name="Group"><c>features</c>, <c>ioctls</c>, <c>ranges</c> or <c>records</c>.</param>
/// <param name="Item">The C name, or for ranges the memory and the modes.</param>
/// <param name="Header">What the uapi header says, or <see cref="Silent"/>.</param>
/// <param name="Code">What the debug information of the kernel's compiled code says, or <see cref="Silent"/>.</param>
/// <param name="Live">What the running kernel answers, or <see cref="Silent"/>.</param>
/// <param name="Agrees">No two of them contradict each other.</param>
public sealed record SourceRow(string Group, string Item, string Header, string Code, string Live, bool Agrees)
{
    /// <summary>The source does not speak about this.</summary>
    public const string Silent = "–";

    /// <summary>The contradiction on one line: what, and every value there is.</summary>
    public override string ToString() => $"{Item}: header {Header}"
        + (Code == Silent ? "" : $", compiled code {Code}")
        + (Live == Silent ? "" : $", live kernel {Live}");
}
