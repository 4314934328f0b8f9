namespace Faultline.Tidy.Tests;

/// <summary>One place that breaks a rule.</summary>
/// <param name="File">Path below the repository's root.</param>
/// <param name="Line">Counted from 1; 0 for the file as a whole.</param>
/// <param name="What">What is wrong and, where it is not plain, what to write instead.</param>
internal sealed record Violation(string File, int Line, string What)
{
    public override string ToString() => $"{File}:{Line}: {What}";
}
