namespace Faultline.AbiTests.Planning;

/// <summary>A test as the compiler found it. Generators write the lists of them: the suite that runs searches for nothing.</summary>
/// <param name="Class">Its class, without the suite's own namespace.</param>
/// <param name="Method">Its method.</param>
/// <param name="Run">Makes an instance and runs the method.</param>
internal sealed record SuiteTest(string Class, string Method, Action Run)
{
    /// <summary>Unique and stable.</summary>
    internal string Id => $"{Class}.{Method}";

    internal string Suite { get; init; } = "scenario";

    internal string? Row { get; init; }

    /// <summary>The table of the profile that tells what must be observed.</summary>
    internal string? Scenario { get; init; }

    internal string? Feature { get; init; }

    internal string? Title { get; init; }

    internal string? About { get; init; }

    /// <summary>Whether it is asked only of kernels whose profile says what they do.</summary>
    internal bool NeedsKnob { get; init; }
}
