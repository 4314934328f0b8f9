namespace Faultline.Harness.Sources.Trees;

/// <summary>A file on the way through a tree.</summary>
/// <param name="Path">From the top, with <c>/</c>.</param>
/// <param name="Mark">As in <see cref="TreeFile"/>.</param>
/// <param name="Followed">It is a link that leads out of the tree, and counts as the file it leads to.</param>
internal sealed record WalkedFile(string Path, char Mark, FileStamp Stamp, bool Followed);
