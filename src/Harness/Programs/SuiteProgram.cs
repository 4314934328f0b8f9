using System.Collections.Immutable;

namespace Faultline.Harness.Programs;

/// <summary>One program of a suite with the arguments that it gets, as it was built.</summary>
/// <param name="Suite">Name of the suite: <c>selftests/mm</c>.</param>
/// <param name="Name">Its own, unique in the suite: that of its file, or what the variant calls it with other arguments.</param>
/// <param name="File">Its file in the suite's folder.</param>
internal sealed record SuiteProgram(string Suite, string Name, string File)
{
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>What the compiler says; null for a program that there is.</summary>
    public string? BuildError { get; init; }

    /// <summary>Among all tests of a run.</summary>
    public string Id => $"{Suite}/{Name}";

    /// <summary>The id of one of its tests.</summary>
    public string IdOf(string test) => $"{Id}: {test}";
}
