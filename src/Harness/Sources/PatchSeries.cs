using System.Text;
using Faultline.Harness.Inputs;

namespace Faultline.Harness.Sources;

/// <summary>
/// The files a series is made of, folder after folder. A file holds one mail, a mailbox of many, or a bare diff, compressed or not; what
/// git takes of each is found out where it is applied (images/kernel-steps/mails.sh).
/// </summary>
/// <param name="Parts">The folders in order of application; those of other variants that this one stands on come first.</param>
internal sealed record PatchSeries(IReadOnlyList<PatchFolder> Parts)
{
    public static PatchSeries None { get; } = new([]);

    /// <summary>Absolute paths of all files, in order.</summary>
    public IReadOnlyList<string> Patches => [.. Parts.SelectMany(part => part.Patches)];

    /// <summary>Everything that was read: a folder tells which of its files are the series, and in what order.</summary>
    public IReadOnlyList<string> Files =>
        [.. Parts.Select(part => part.Folder), .. Parts.SelectMany(part => part.Patches.Concat(part.Excluded))];

    /// <summary>The series of one folder; see <see cref="PatchFolder.Read"/>.</summary>
    /// <exception cref="VariantFileException">The folder does not say clearly which of its files are the series.</exception>
    public static PatchSeries Read(string folder) => Of(PatchFolder.Read(folder));

    public static PatchSeries Of(params IEnumerable<PatchFolder> folders) => new([.. folders.Where(folder => folder.Patches.Count > 0)]);

    /// <summary>This series followed by one more patch.</summary>
    public PatchSeries With(string patch) => new([.. Parts, new PatchFolder(Path.GetDirectoryName(patch)!, Listed: true, [patch], [])]);

    /// <summary>
    /// A hash over what is applied: the contents, in order. The names are for people; a renamed file makes the same
    /// kernel. The same for any
    /// two empty series.
    /// </summary>
    public string Key => InputHash.Of(hash =>
    {
        foreach (var part in Parts)
        {
            hash.Add("part", part.Listed ? "listed" : "unlisted");
            foreach (var patch in part.Patches)
                hash.AddFile("patch", patch);
            foreach (var patch in part.Excluded)
                hash.AddFile("excluded", patch);
        }
    });

    /// <summary>The files as the kernel steps expect them: a folder for each part, and in it each file's place before its name.</summary>
    public IEnumerable<(string Name, string Path)> StepFiles() => Parts.SelectMany((part, i) =>
        Numbered($"{i + 1:00}-{(part.Listed ? "listed" : "unlisted")}", part.Patches)
            .Concat(Numbered($"{i + 1:00}-excluded", part.Excluded)));

    private static IEnumerable<(string, string)> Numbered(string folder, IReadOnlyList<string> files) =>
        files.Select((path, i) => ($"{folder}/{i + 1:00000}-{Shortened(Path.GetFileName(path))}", path));

    /// <summary>A file system allows 255 bytes, and the place takes some of them.</summary>
    private static string Shortened(string name) => Encoding.UTF8.GetByteCount(name) <= 240 ? name : Shortened(name[..^1]);
}
