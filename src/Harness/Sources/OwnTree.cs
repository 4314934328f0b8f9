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
    /// <param name="baseRevision">What the work stands on, a revision or the folder of an unpatched tree; null to find out.</param>
    /// <param name="feature">The macro of the feature; null to find out by comparing the headers.</param>
    /// <param name="taken">Names that other kernels have.</param>
    /// <param name="wholeBase">Whether all files of the base are written, or only what tells it apart, for who builds nothing.</param>
    /// <exception cref="KernelSourceException">There is nothing to compare, or no base, or more than one new feature.</exception>
    /// <exception cref="ProgramMissingException">git is not installed.</exception>
    public static async Task<OwnTree> ReadAsync(
        KernelSource.Tree tree, string home, string? baseRevision, string? feature, IReadOnlyCollection<string> taken,
        PhaseScope phase, CancellationToken cancellation, bool wholeBase = true)
    {
        var ground = await GroundAsync(tree, home, baseRevision, wholeBase, phase, cancellation);
        phase.Output($"{tree.Folder} stands on {ground.Name}");

        var name = NameOf(tree, taken);
        var (macro, bit) = FeatureOf(Read(ground.Source.Folder), Read(tree.Folder), feature);
        var control = new Variant
        {
            Name = name + "-base",
            Title = $"{ground.Name}, which {tree.Folder} stands on",
            Role = VariantRole.Control,
            Base = ground.Source,
            Tag = "-base",
            Series = PatchSeries.None,
            Fragments = [],
            SwitchOff = [],
            Expect = new Dictionary<string, Expectation>(),
            IsObserved = true,
            Folder = ground.Source.Folder,
        };
        return new OwnTree(control, control with
        {
            Name = name,
            Title = $"{tree.Folder}: {Patches(ground.Series.Patches.Count)} on {ground.Name}",
            Role = VariantRole.Variant,
            Tag = "-own",
            Feature = macro,
            FeatureBit = bit,
            Series = ground.Series,
            Control = control.Name,
            Folder = ground.Series.Parts[0].Folder,
        });
    }

    private static string Patches(int count) => $"{count} {(count == 1 ? "patch" : "patches")}";

    /// <summary>A folder with the unpatched source, where --base names one; else a commit of the tree.</summary>
    private static async Task<Ground> GroundAsync(
        KernelSource.Tree tree, string home, string? asked, bool wholeBase, PhaseScope phase, CancellationToken cancellation)
    {
        var (scratch, folder) = (Path.Combine(home, "git"), Path.Combine(home, "series"));
        if (asked is not null && KernelSource.TreeAt(asked) is { } unpatched)
        {
            Empty(scratch, folder);
            var changes = new FolderChanges(unpatched.Folder, tree.Folder, scratch);
            Require(await changes.WriteAsync(folder, cancellation), tree, unpatched.Folder);
            return new Ground(unpatched with { Developed = tree.Folder }, unpatched.Folder, PatchSeries.Read(folder));
        }

        var git = TreeGit.Require(tree.Folder, $"to find out what {tree.Folder} changes");
        var onto = await TreeBase.FindAsync(git, tree.Folder, asked, cancellation);
        Empty(scratch, folder);
        Require(await new OwnChanges(git, tree.Folder, scratch).WriteAsync(onto, folder, cancellation), tree, onto.Name);
        var copy = new BaseCopy(git, home);
        Lazy<Task<TreeScan>>? kept = null;
        if (wholeBase)
        {
            phase.Output($"writing the files of {onto.Name}");
            await copy.UpdateAsync(onto, cancellation);
            // Who builds nothing need not look.
            kept = new(() => TreeScan.OfAsync(copy.Folder, caches: null, cancellation));
        }
        else
        {
            await copy.WriteAsync(onto, [.. KernelSource.Marks, Header], cancellation);
        }

        var source = KernelSource.FromTree(copy.Folder) with { State = onto.Name, Developed = tree.Folder, Kept = kept };
        return new Ground(source, onto.Name, PatchSeries.Read(folder));
    }

    private static void Empty(params IEnumerable<string> folders)
    {
        foreach (var old in folders)
        {
            if (Directory.Exists(old))
                Directory.Delete(old, recursive: true);
            Directory.CreateDirectory(old);
        }
    }

    private static void Require(int patches, KernelSource.Tree tree, string name)
    {
        if (patches > 0)
            return;
        throw new KernelSourceException(
            $"{tree.Folder} is {name}, file by file: there is nothing to compare. Change something, or say what your work stands on with "
            + "--base REV or DIR: --base origin/master, for one.");
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

    /// <summary>What a tree stands on, and how it differs.</summary>
    private sealed record Ground(KernelSource.Tree Source, string Name, PatchSeries Series);
}
