using System.Text.RegularExpressions;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources.Trees;
using Faultline.Machine;

namespace Faultline.Harness.Sources;

/// <summary>A developer's kernel tree and what it stands on, as two kernels to compare: no <c>variant.toml</c> is written for it.</summary>
/// <param name="Control">The base: what it does is looked at, and expected of the tree.</param>
/// <param name="Variant">The base with the developer's changes as a series.</param>
internal sealed partial record OwnTree(Variant Control, Variant Variant)
{
    private const string Header = "include/uapi/linux/userfaultfd.h";

    /// <summary>Reads the tree as it is now.</summary>
    /// <param name="tree">The tree; only read.</param>
    /// <param name="home">A folder for the copy of the base and for the patches, kept from run to run.</param>
    /// <param name="baseRevision">What the work stands on; null to find out.</param>
    /// <param name="feature">The macro of the feature; null to find out by comparing the headers.</param>
    /// <param name="taken">Names that other kernels have.</param>
    /// <exception cref="KernelSourceException">There is nothing to compare, or no base, or more than one new feature.</exception>
    /// <exception cref="ProgramMissingException">git is not installed.</exception>
    public static async Task<OwnTree> ReadAsync(
        KernelSource.Tree tree, string home, string? baseRevision, string? feature, IReadOnlyCollection<string> taken,
        PhaseScope phase, CancellationToken cancellation)
    {
        var git = TreeGit.Require(tree.Folder, $"to find out what {tree.Folder} changes");
        var onto = await TreeBase.FindAsync(git, tree.Folder, baseRevision, cancellation);
        phase.Output($"{tree.Folder} stands on {onto.Name}");
        var series = await SeriesAsync(git, tree, onto, home, cancellation);
        var copy = new BaseCopy(git, home);
        await copy.UpdateAsync(onto, cancellation);
        var source = KernelSource.FromTree(copy.Folder) with { State = onto.Name };

        var name = NameOf(tree, taken);
        var (macro, bit) = FeatureOf(Read(copy.Folder), Read(tree.Folder), feature);
        var control = new Variant
        {
            Name = name + "-base",
            Title = $"{onto.Name}, which {tree.Folder} stands on",
            Role = VariantRole.Control,
            Base = source,
            Tag = "-base",
            Series = PatchSeries.None,
            Fragments = [],
            SwitchOff = [],
            Expect = new Dictionary<string, Expectation>(),
            IsObserved = true,
            Folder = copy.Folder,
        };
        return new OwnTree(control, control with
        {
            Name = name,
            Title = $"{tree.Folder}: {series.Patches.Count} {(series.Patches.Count == 1 ? "patch" : "patches")} on {onto.Name}",
            Role = VariantRole.Variant,
            Tag = "-own",
            Feature = macro,
            FeatureBit = bit,
            Series = series,
            Control = control.Name,
            Folder = series.Parts[0].Folder,
        });
    }

    private static async Task<PatchSeries> SeriesAsync(
        TreeGit git, KernelSource.Tree tree, TreeBase onto, string home, CancellationToken cancellation)
    {
        var (scratch, folder) = (Path.Combine(home, "git"), Path.Combine(home, "series"));
        foreach (var old in (string[])[scratch, folder])
        {
            if (Directory.Exists(old))
                Directory.Delete(old, recursive: true);
            Directory.CreateDirectory(old);
        }

        if (await new OwnChanges(git, tree.Folder, scratch).WriteAsync(onto, folder, cancellation) == 0)
        {
            throw new KernelSourceException(
                $"{tree.Folder} is {onto.Name}, file by file: there is nothing to compare. Change something, or say with --base REV what "
                + "your commits stand on.");
        }

        return PatchSeries.Read(folder);
    }

    private static string NameOf(KernelSource.Tree tree, IReadOnlyCollection<string> taken)
    {
        var name = NotPlain().Replace(Path.GetFileName(tree.Folder), "-").Trim('-', '.');
        if (name.Length == 0 || taken.Contains(name))
            name = name.Length == 0 ? "tree" : name + "-tree";
        return name.Length > 32 ? name[..32] : name;
    }

    private static string Read(string folder)
    {
        var header = Path.Combine(folder, Header);
        return File.Exists(header) ? File.ReadAllText(header) : "";
    }

    /// <summary>The feature that the header names and that of the base does not.</summary>
    private static (string? Macro, int? Bit) FeatureOf(string old, string current, string? asked)
    {
        var known = Features(old);
        var all = Features(current);
        if (asked is not null)
            return all.TryGetValue(asked, out var bit) ? (asked, bit) : throw new KernelSourceException(
                $"--feature {asked}: the tree's {Header} has no '#define {asked} (1<<N)'; it has {string.Join(", ", all.Keys)}.");
        List<string> added = [.. all.Keys.Where(macro => !known.ContainsKey(macro))];
        return added switch
        {
            [] => (null, null),
            [var one] => (one, all[one]),
            _ => throw new KernelSourceException(
                $"The tree adds {added.Count} features ({string.Join(", ", added)}), and a run asks for one: name it with "
                + "--feature MACRO."),
        };
    }

    private static SortedDictionary<string, int> Features(string header)
    {
        var features = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (Match match in Feature().Matches(header))
            features[match.Groups[1].Value] = int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
        return features;
    }

    [GeneratedRegex(@"^[ \t]*#[ \t]*define[ \t]+(UFFD_FEATURE_\w+)[ \t]+\(?[ \t]*1(?:U?LL?|U)?[ \t]*<<[ \t]*(\d+)[ \t]*\)?",
        RegexOptions.Multiline)]
    private static partial Regex Feature();

    [GeneratedRegex("[^A-Za-z0-9_.-]+")]
    private static partial Regex NotPlain();
}
