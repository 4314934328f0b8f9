namespace Faultline.Harness.Sources;

/// <summary>
/// The patches of a folder in the order of its <c>series</c> file: one file name a line, <c>#</c> begins a comment (quilt's format without
/// options). Without a <c>series</c> file there are no patches.
/// </summary>
/// <param name="Folder">The folder; null when there is none.</param>
/// <param name="Patches">Absolute paths, in order of application.</param>
public sealed record PatchSeries(string? Folder, IReadOnlyList<string> Patches)
{
    public static PatchSeries None { get; } = new(null, []);

    /// <exception cref="VariantFileException">A line names a file that does not exist, lies outside the folder or is listed twice.</exception>
    public static PatchSeries Read(string folder)
    {
        var file = Path.Combine(folder, "series");
        if (!File.Exists(file))
            return new PatchSeries(folder, []);
        var patches = new List<string>();
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            var name = line.Split('#', 2)[0].Trim();
            if (name.Length == 0)
                continue;
            if (name.Contains('/', StringComparison.Ordinal) || name.Contains(' ', StringComparison.Ordinal))
                throw new VariantFileException(file, number, $"'{name}' is not a plain file name; patches lie beside the series file and take no options.");
            var path = Path.Combine(Path.GetFullPath(folder), name);
            if (!File.Exists(path))
                throw new VariantFileException(file, number, $"the patch '{name}' does not exist in {folder}.");
            if (patches.Contains(path))
                throw new VariantFileException(file, number, $"the patch '{name}' is listed twice.");
            patches.Add(path);
        }

        return new PatchSeries(folder, patches);
    }

    /// <summary>A hash over the names and contents in order; the same for any two empty series.</summary>
    public string Key => Docker.InputHash.Of(hash =>
    {
        foreach (var patch in Patches)
            hash.AddFile(Path.GetFileName(patch), patch);
    });
}
