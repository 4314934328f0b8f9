namespace Faultline.Cli.Commands;

/// <summary>A suite that would run on a kernel.</summary>
/// <param name="Kernel">The kernel that would run it.</param>
/// <param name="Asked">On the control: the variant whose suite it is.</param>
internal sealed record ListedSuite(string Kernel, string? Asked, IReadOnlyList<ListedTest> Tests);
