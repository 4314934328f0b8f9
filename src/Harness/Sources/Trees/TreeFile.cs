namespace Faultline.Harness.Sources.Trees;

/// <summary>One file of a tree.</summary>
/// <param name="Path">From the top, with <c>/</c>.</param>
/// <param name="Mark"><c>f</c> for a file, <c>x</c> for one that can be executed, <c>l</c> for a link.</param>
/// <param name="Sha256">Of the content; of a link, of what it says.</param>
internal sealed record TreeFile(string Path, char Mark, string Sha256);
