namespace Faultline.Harness.Sources;

/// <summary>A wrong version of a series: one mistake, which the suite must notice.</summary>
/// <param name="Number">What the kernel is told on its command line, <c>mutant=3</c>; from 1.</param>
/// <param name="Name">The patch's file name without number and ending.</param>
/// <param name="Title">What is wrong, in words.</param>
/// <param name="KilledBy">Rows, as the suite names scenarios; one of them must fail. <c>splat</c> and <c>hang</c> count as rows.</param>
internal sealed record Mutant(int Number, string Name, string Title, IReadOnlyList<string> KilledBy);
