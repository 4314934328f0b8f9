namespace Faultline.AbiSources.Headers;

/// <summary>Headers of one side that stand in its folder and cannot be read.</summary>
/// <param name="Side">What reports call the side.</param>
/// <param name="Because">What stands there instead of a file that can be read.</param>
/// <param name="Names">As programs include them, sorted.</param>
public sealed record UnreadHeaders(string Side, string Because, IReadOnlyList<string> Names);
