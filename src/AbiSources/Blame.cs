using Faultline.AbiSources.Headers;

namespace Faultline.AbiSources;

/// <summary>Which commits between two revisions changed what a name stands for, as their diffs tell.</summary>
public sealed class Blame
{
    private readonly BlameLog _log;

    private Blame(BlameLog log) => _log = log;

    /// <summary>Reads the commits that <paramref name="current"/> has and <paramref name="old"/> has not.</summary>
    /// <param name="old">A revision of a tree.</param>
    /// <param name="current">Another of the same tree.</param>
    /// <param name="headers">The headers to read of, as programs include them.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="SideException">A side is not a revision of the tree.</exception>
    public static async Task<Blame> ReadAsync(
        SideRequest old, SideRequest current, IEnumerable<string> headers, CancellationToken cancellation)
    {
        var tree = new GitTree(old.Tree ?? throw new ArgumentException("The sides are not revisions.", nameof(old)));
        RevisionName.Check(old.Name);
        RevisionName.Check(current.Name);
        current.Progress?.Report($"looking for the commits of {old.Name}..{current.Name}");
        var (from, to) = (await tree.ResolveAsync(old.Name, cancellation), await tree.ResolveAsync(current.Name, cancellation));
        return new(new(await tree.LogAsync(from, to, HeadersInstall.ArchOf(current), headers, cancellation)));
    }

    /// <summary>The commits, the newest first; none where no diff of the header has the name.</summary>
    /// <param name="header">As programs include it.</param>
    /// <param name="subject">A macro, <c>struct x</c>, <c>struct x.field</c> or <c>#include &lt;linux/x.h&gt;</c>.</param>
    /// <param name="names">Texts with other names that tell of it.</param>
    public IReadOnlyList<(string Id, string Summary)> Of(string header, string subject, params IEnumerable<string> names) =>
        _log.Of(header, subject, names);
}
