namespace Faultline.Harness.Sources;

/// <summary>The patches of one folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Listed">Its <c>series</c> file gives the order; else their names and the numbers in their subjects do.</param>
/// <param name="Patches">Absolute paths, in order.</param>
/// <param name="Excluded">Files that a comment of <c>series</c> names: left out on purpose, and not missing.</param>
internal sealed record PatchFolder(string Folder, bool Listed, IReadOnlyList<string> Patches, IReadOnlyList<string> Excluded)
{
    private const string SeriesFile = "series";

    /// <summary>
    /// The patches that the folder's <c>series</c> file names: one file name a line, <c>#</c> begins a comment (quilt's format without
    /// options). Without a <c>series</c> file, all patches in the folder in the order of their names, as <c>git format-patch</c> numbers
    /// them. A patch that lies in the folder is never passed over in silence: the file names it, a comment does, or it is refused.
    /// </summary>
    /// <exception cref="VariantFileException">A line names what cannot be a patch, or a patch is not accounted for.</exception>
    public static PatchFolder Read(string folder)
    {
        folder = Path.GetFullPath(folder);
        var file = Path.Combine(folder, SeriesFile);
        if (Directory.Exists(file))
            throw new VariantFileException(file, 1, "it is a folder; 'series' is the file that names the patches.");
        return File.Exists(file) ? ReadListed(folder, file) : ReadUnlisted(folder, file);
    }

    private static PatchFolder ReadListed(string folder, string file)
    {
        var patches = new List<string>();
        var comments = new List<string>();
        var number = 0;
        foreach (var line in ReadLines(file))
        {
            number++;
            var (name, comment) = Divide(folder, line.Trim());
            comments.Add(comment);
            if (name.Length == 0)
                continue;
            var path = Path.Combine(folder, name);
            if (Problem(folder, name, path) is { } problem)
                throw new VariantFileException(file, number, problem);
            if (patches.Contains(path))
                throw new VariantFileException(file, number, $"the patch '{name}' is listed twice.");
            patches.Add(path);
        }

        var others = FilesOf(folder).Except(patches).ToList();
        var excluded = others.Where(other => comments.Exists(comment => Names(comment, Path.GetFileName(other)))).ToList();
        var forgotten = others.Except(excluded).Where(other => PatchFile.LooksLikeOne(other) && !PatchFile.IsCoverLetter(other)).ToList();
        return forgotten.Count == 0
            ? new PatchFolder(folder, Listed: true, patches, [.. excluded.Where(PatchFile.LooksLikeOne)])
            : throw new VariantFileException(file, Math.Max(1, number),
                $"it does not name {Words(forgotten)}, which {(forgotten.Count == 1 ? "lies" : "lie")} next to it. "
                + "Name what is to be applied; what is left out on purpose, name in a comment ('# NAME'), or remove.");
    }

    private static PatchFolder ReadUnlisted(string folder, string file)
    {
        var files = FilesOf(folder).ToList();
        var patches = files.Where(PatchFile.HasPatchName).ToList();
        var unclear = files.Except(patches).Where(PatchFile.LooksLikeOne).ToList();
        if (unclear.Count > 0)
            throw new VariantFileException(file, 1,
                $"it does not exist, and {Words(unclear)} may be part of the series: the content is that of a patch and the name is not. "
                + "Write a 'series' file that names the patches, one a line.");
        foreach (var path in patches)
        {
            if (Problem(folder, Path.GetFileName(path), path) is { } problem)
                throw new VariantFileException(path, 1, problem);
        }

        return new PatchFolder(folder, Listed: false, patches, []);
    }

    /// <summary>What a line names, and its comment. A file may have a <c>#</c> in its name.</summary>
    private static (string Name, string Comment) Divide(string folder, string line)
    {
        if (line.StartsWith('#'))
            return ("", line[1..]);
        if (line.Length == 0 || File.Exists(Path.Combine(folder, line)))
            return (line, "");
        var comment = line.IndexOfAny([' ', '\t']) is var blank and >= 0 ? line.IndexOf('#', blank) : -1;
        return comment < 0 ? (line, "") : (line[..comment].TrimEnd(), line[(comment + 1)..]);
    }

    private static string? Problem(string folder, string name, string path)
    {
        if (name.Contains('/', StringComparison.Ordinal))
            return $"'{name}' is not a plain file name; patches lie next to the series file.";
        if (name.Any(char.IsControl))
            return "the name of a patch has control characters in it; rename the file.";
        if (Directory.Exists(path))
            return $"'{name}' is a folder; name the mails or patches in it.";
        if (!File.Exists(path))
        {
            var option = name.IndexOf(" -", StringComparison.Ordinal);
            return option > 0 && File.Exists(Path.Combine(folder, name[..option].TrimEnd()))
                ? $"a patch takes no options such as '{name[option..].Trim()}'; whether its names have prefixes (-p1) or not (-p0) is found out."
                : $"the patch '{name}' does not exist in {folder}.";
        }

        return PatchFile.WhyUnreadable(path) is { } why ? $"the patch '{name}' cannot be read: {why}" : null;
    }

    /// <summary>Whether a comment holds the name as a word.</summary>
    private static bool Names(string comment, string name)
    {
        for (var at = -1; (at = comment.IndexOf(name, at + 1, StringComparison.Ordinal)) >= 0;)
        {
            var end = at + name.Length;
            if ((at == 0 || IsBetweenWords(comment[at - 1])) && (end == comment.Length || IsBetweenWords(comment[end])))
                return true;
        }

        return false;
    }

    private static bool IsBetweenWords(char c) => char.IsWhiteSpace(c) || c is ',' or ';' or ':' or '(' or ')' or '\'' or '"';

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path) != SeriesFile).Order(StringComparer.Ordinal);

    private static string[] ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VariantFileException(file, 1, $"it cannot be read: {e.Message}", e);
        }
    }

    private static string Words(List<string> paths) =>
        string.Join(", ", paths.Take(5).Select(path => $"'{Path.GetFileName(path)}'"))
        + (paths.Count > 5 ? $" and {paths.Count - 5} more" : "");
}
