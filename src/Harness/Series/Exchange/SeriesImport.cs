using System.Globalization;
using System.Text.RegularExpressions;
using Faultline.Harness.Sources;
using Faultline.Harness.Sources.Trees;
using Faultline.Machine;

namespace Faultline.Harness.Series.Exchange;

/// <summary>
/// Writes commits of a user's git tree into a variant's folder, in the place of the patches that are there. The cover letter stays.
/// </summary>
/// <param name="tree">The user's checkout; only read.</param>
internal sealed partial class SeriesImport(string tree)
{
    private const int NamedFiles = 5;

    private static readonly Dictionary<string, string> Nowhere = [];

    /// <param name="folder">The variant's.</param>
    /// <param name="onto">The revision that the first commit stands on.</param>
    /// <param name="head">The last commit.</param>
    /// <returns>The patches, by their names in order; and what a reader should look at.</returns>
    /// <exception cref="KernelSourceException">The commits are not a line, or there is none.</exception>
    public async Task<(IReadOnlyList<string> Patches, IReadOnlyList<string> Remarks)> RunAsync(
        string folder, string onto, string head, CancellationToken cancellation)
    {
        var git = TreeGit.Require(tree, "to read the commits of the series");
        var (first, last) = (await CommitAsync(git, onto, cancellation), await CommitAsync(git, head, cancellation));
        var range = $"{first}..{last}";
        if (await git.AskAsync(["merge-base", "--is-ancestor", first, last], cancellation) is null)
            throw new KernelSourceException($"{onto}..{head}: {head} does not descend from {onto}, so they are not a series on it.");
        var count = await CountAsync(git, ["rev-list", "--count", range], cancellation);
        if (count == 0)
            throw new KernelSourceException($"{onto}..{head} holds no commit.");
        if (await CountAsync(git, ["rev-list", "--count", "--merges", range], cancellation) is > 0 and var merges)
            throw new KernelSourceException($"{onto}..{head} holds {merges} merges, and a merge cannot be a patch: rebase first.");

        var written = Directory.CreateTempSubdirectory("faultline-").FullName;
        try
        {
            await git.RunAsync("Writing the commits as mails",
                ["format-patch", "--quiet", "--no-signature", "--zero-commit", count > 1 ? "--numbered" : "--no-numbered",
                    "--no-cover-letter", "--no-notes", "--no-attach", "--no-thread", "--no-ext-diff", "--no-textconv", "--binary",
                    "--subject-prefix=" + Prefix(folder), "--src-prefix=a/", "--dst-prefix=b/", "--output-directory", written, range],
                Nowhere, cancellation);
            var patches = Directory.EnumerateFiles(written).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
            Replace(folder, written, patches);
            return (patches, [.. Cover(folder, patches.Count), .. await UncommittedAsync(git, last, cancellation)]);
        }
        finally
        {
            Directory.Delete(written, recursive: true);
        }
    }

    /// <summary>The series is still the version that its mails say, <c>PATCH v2</c> or <c>PATCH RFC mm-unstable</c>.</summary>
    private static string Prefix(string folder)
    {
        var mails = Directory.EnumerateFiles(folder).Where(PatchFile.IsCoverLetter).Concat(PatchFolder.Read(folder).Patches);
        return mails.Select(mail => Prefixed().Match(File.ReadAllText(mail)))
            .FirstOrDefault(match => match.Success)?.Groups[1].Value ?? "PATCH";
    }

    /// <summary>Patches that are left out on purpose stay, with the comment that says so.</summary>
    private static void Replace(string folder, string written, IReadOnlyList<string> patches)
    {
        var old = PatchFolder.Read(folder);
        var series = Path.Combine(folder, "series");
        var comments = File.Exists(series) ? File.ReadLines(series).Where(line => line.StartsWith('#')).ToList() : [];
        foreach (var patch in old.Patches)
            File.Delete(patch);
        foreach (var patch in patches)
            WholeFile.Write(Path.Combine(folder, patch), File.ReadAllBytes(Path.Combine(written, patch)));
        WholeFile.Write(series, string.Concat(comments.Concat(patches).Select(line => line + "\n")));
    }

    /// <summary>A cover letter that counts other patches would have the series refused.</summary>
    private static IEnumerable<string> Cover(string folder, int count)
    {
        var cover = Directory.EnumerateFiles(folder).FirstOrDefault(PatchFile.IsCoverLetter);
        if (cover is null || Counted().Match(File.ReadAllText(cover)) is not { Success: true } match)
            return [];
        var told = match.Groups[1].Value;
        return int.Parse(told, CultureInfo.InvariantCulture) == count ? []
            : [$"{cover} says that there are {told} patches, and there are {count}: correct it, with its list and diffstat"];
    }

    /// <summary>Who imports what is checked out means the work that lies there. Of another branch the files say nothing.</summary>
    private async Task<IEnumerable<string>> UncommittedAsync(TreeGit git, string last, CancellationToken cancellation)
    {
        if (await CommitAsync(git, "HEAD", cancellation) != last
            || await UncommittedFiles.OfAsync(git, tree, cancellation) is not { Count: > 0 and var count } files)
            return [];
        var names = string.Join(", ", files.Take(NamedFiles)) + (count > NamedFiles ? $" and {count - NamedFiles} more" : "");
        return
        [
            $"{tree} has changes that are not committed, and the series is without them: {names}. "
                + "Commit them and import again to take them in.",
        ];
    }

    private static async Task<int> CountAsync(TreeGit git, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        int.Parse(await git.RunAsync("Counting commits", arguments, Nowhere, cancellation), CultureInfo.InvariantCulture);

    private async Task<string> CommitAsync(TreeGit git, string revision, CancellationToken cancellation) =>
        (await git.AskAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], cancellation))?.Trim()
        ?? throw new KernelSourceException($"{revision}: {tree} has no such commit.");

    [GeneratedRegex(@"^Subject: \[([\w .+-]*\bPATCH\b[\w .+-]*?)(?: +\d+/\d+)?\]", RegexOptions.Multiline)]
    private static partial Regex Prefixed();

    [GeneratedRegex(@"^Subject: \[[^\]]*\b0+/(\d+)\]", RegexOptions.Multiline)]
    private static partial Regex Counted();
}
