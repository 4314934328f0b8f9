namespace Faultline.Harness.Kernels;

/// <summary>The state of a user's tree that a kernel is made from.</summary>
/// <param name="Key">Hash of every file of the copy.</param>
/// <param name="KconfigKey">Hash of those that kconfig may read.</param>
/// <param name="Name">Words for people.</param>
/// <param name="Cached">The copy was up to date.</param>
internal sealed record Snapshot(string Key, string KconfigKey, string Name, bool Cached);
