using Faultline.Harness.Results;

namespace Faultline.Harness.Programs;

/// <summary>A test that a program's output tells of.</summary>
/// <param name="Name">As the program calls it; unique in its output. Of a nested one all names that lead to it, as <c>a / b</c>.</param>
/// <param name="Outcome">null when it began and the output does not say how it ended.</param>
internal sealed record ParsedTest(string Name, TestOutcome? Outcome)
{
    /// <summary>Why it failed or was skipped, as far as the program says.</summary>
    public string? Detail { get; init; }

    /// <summary>Seconds since the kernel started: the line before it, 0 where there is none, and the line that tells its end.</summary>
    public (double Began, double Ended) Time { get; init; }
}
