using System.Globalization;
using System.Text.RegularExpressions;

namespace Faultline.Harness.Sources;

/// <summary>
/// The wrong versions of one series, patches in the folder <c>mutants</c> of its variant. All of them are in one kernel: the first patch
/// adds a switch to the command line, and each of the others puts one mistake behind <c>mutant(N)</c>.
/// </summary>
/// <param name="Patches">What is applied on top of the series.</param>
/// <param name="Mutants">In the order of their numbers.</param>
internal sealed partial record MutantSeries(PatchFolder Patches, IReadOnlyList<Mutant> Mutants)
{
    private const string FolderName = "mutants";
    private const string SubjectMark = "Subject: ";
    private const string KillersMark = "Killed-by: ";

    /// <summary>The folder in which they would be.</summary>
    public static string FolderOf(Variant variant) => Path.Combine(variant.Folder, FolderName);

    /// <summary>Reads the wrong versions of a variant; null where it has none.</summary>
    /// <exception cref="VariantFileException">A patch does not say which mistake it is, or which row must notice it.</exception>
    public static MutantSeries? Of(Variant variant)
    {
        var folder = FolderOf(variant);
        if (!Directory.Exists(folder))
            return null;
        var patches = PatchFolder.Read(folder);
        var mutants = patches.Patches.Skip(1).Select(Read).ToList();
        if (mutants.Count == 0)
            throw new VariantFileException(folder, 1, "it holds no wrong versions: the first patch adds the switch, every other is one.");
        if (mutants.GroupBy(mutant => mutant.Number).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            var names = string.Join(", ", twice.Select(mutant => mutant.Name));
            throw new VariantFileException(folder, 1, $"two patches have the number {twice.Key}: {names}.");
        }

        return new MutantSeries(patches, mutants);
    }

    private static Mutant Read(string patch)
    {
        var name = FileName().Match(Path.GetFileName(patch));
        if (!name.Success)
            throw new VariantFileException(patch, 1, "its name is not NUMBER-NAME.patch, with the number of mutant(NUMBER) in it.");
        var number = int.Parse(name.Groups["number"].Value, CultureInfo.InvariantCulture);
        var lines = File.ReadAllLines(patch);
        var killers = After(lines, KillersMark)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (killers.Length == 0)
            throw new VariantFileException(patch, 1, $"it has no line '{KillersMark}ROW...' with the rows of which one must fail.");
        if (!lines.Any(line => line.StartsWith('+') && line.Contains($"mutant({number})", StringComparison.Ordinal)))
            throw new VariantFileException(patch, 1, $"it puts nothing behind mutant({number}), which is the number in its name.");
        var title = Prefix().Replace(After(lines, SubjectMark) ?? name.Groups["name"].Value, "");
        return new Mutant(number, name.Groups["name"].Value, title, killers);
    }

    /// <summary>What stands behind a mark, in the mail's lines before its diff; a subject may go on in the next line.</summary>
    private static string? After(string[] lines, string mark)
    {
        var mail = lines.TakeWhile(line => !line.StartsWith("diff --git ", StringComparison.Ordinal)).ToList();
        var at = mail.FindIndex(line => line.StartsWith(mark, StringComparison.Ordinal));
        return at < 0 ? null : string.Join(' ', mail.Skip(at + 1).TakeWhile(line => line.StartsWith(' ')).Select(line => line.Trim())
            .Prepend(mail[at][mark.Length..].Trim()));
    }

    [GeneratedRegex(@"^(?<number>[0-9]+)-(?<name>.+)\.patch$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^\[[^\]]*\]\s*")]
    private static partial Regex Prefix();
}
