namespace Faultline.Cli.Commands;

/// <summary>A text file before and after.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Before">null for one that is new.</param>
/// <param name="After">The new text.</param>
internal sealed record FileChange(string Path, string? Before, string After);
