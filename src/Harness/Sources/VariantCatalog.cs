namespace Faultline.Harness.Sources;

/// <summary>The variants of a linux-patch folder, each one complete with what it inherits.</summary>
internal sealed class VariantCatalog
{
    private readonly Dictionary<string, VariantFile> _files;
    private readonly IReadOnlyList<string> _folders;
    private readonly Dictionary<string, Variant> _variants = new(StringComparer.Ordinal);

    private VariantCatalog(Dictionary<string, VariantFile> files, IReadOnlyList<string> folders)
    {
        (_files, _folders) = (files, folders);
        foreach (var name in files.Keys)
            _variants[name] = Resolve(name);
    }

    private VariantCatalog(VariantCatalog catalog, IEnumerable<Variant> others)
    {
        (_files, _folders) = (catalog._files, catalog._folders);
        _variants = new(catalog._variants, StringComparer.Ordinal);
        foreach (var other in others)
            _variants.Add(other.Name, other);
    }

    /// <summary>All of them, by name; the controls come first.</summary>
    public IReadOnlyList<Variant> Variants =>
        [.. _variants.Values.OrderBy(v => v.Role).ThenBy(v => v.Name, StringComparer.Ordinal)];

    /// <summary>Reads <c>*/variant.toml</c> below one or more folders; a name may appear in one of them only.</summary>
    /// <exception cref="VariantFileException">One of them cannot be used.</exception>
    /// <exception cref="KernelSourceException">A folder does not exist.</exception>
    public static VariantCatalog Load(params IReadOnlyList<string> folders)
    {
        var files = new Dictionary<string, VariantFile>(StringComparer.Ordinal);
        foreach (var path in folders.SelectMany(FilesIn))
        {
            var file = VariantFile.Parse(path, File.ReadAllText(path));
            var name = Path.GetFileName(Path.GetDirectoryName(path)!);
            if (file.Require("name") != name)
                throw file.At("name", $"name is '{file.Require("name")}' but the folder is '{name}'; results are kept under the one name, so they must agree.");
            if (!files.TryAdd(name, file))
                throw file.At("name", $"the name '{name}' is taken by {files[name].Path}.");
        }

        return new VariantCatalog(files, [.. folders.Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>These and others, which no file describes.</summary>
    public VariantCatalog With(params IEnumerable<Variant> others) => new(this, others);

    /// <summary>A folder without any variant is refused: whoever named it has patches in it that would be left out.</summary>
    private static List<string> FilesIn(string folder)
    {
        if (!Directory.Exists(folder))
            throw new KernelSourceException($"{folder} does not exist; Faultline looks for variants there. Run it in a checkout.");
        var files = Directory.EnumerateDirectories(folder).Select(d => Path.Combine(d, "variant.toml")).Where(File.Exists)
            .Order(StringComparer.Ordinal).ToList();
        if (files.Count > 0)
            return files;
        throw new KernelSourceException(File.Exists(Path.Combine(folder, "variant.toml"))
            ? $"{folder} is itself the folder of a variant; name the folder it lies in, {Path.GetDirectoryName(Path.GetFullPath(folder))}."
            : $"{folder} holds no variant. A variant is a folder in it with a variant.toml, "
                + "which says what kernel the patches next to it are for (linux-patch/README.md).");
    }

    /// <exception cref="UnknownVariantException">There is none of that name.</exception>
    public Variant Get(string name) =>
        _variants.TryGetValue(name, out var variant)
            ? variant
            : throw new UnknownVariantException(name, Places());

    /// <summary>The folders with what lies in each. linux-patch comes first when they are read, and last when somebody looks.</summary>
    private IReadOnlyList<(string, IReadOnlyList<string>)> Places() =>
    [
        .. _folders.Reverse().Select(folder => (folder, (IReadOnlyList<string>)[.. _files.Values
            .Where(file => Path.GetDirectoryName(Path.GetDirectoryName(file.Path)) == folder)
            .Select(file => file.Require("name")).Order(StringComparer.Ordinal)])),
    ];

    /// <summary>The file and the files it inherits from, nearest first.</summary>
    private List<VariantFile> Lineage(string name) => Chain(name, "inherits");

    /// <summary>The file and those it leads to through a key that names another, nearest first.</summary>
    private List<VariantFile> Chain(string name, string key)
    {
        var lineage = new List<VariantFile>();
        for (var current = name; ;)
        {
            var file = _files[current];
            if (lineage.Contains(file))
                throw lineage[^1].At(key, $"'{key}' leads back to itself: {string.Join(" -> ", lineage.Select(f => f.Get("name")))} -> {current}.");
            lineage.Add(file);
            if (file.Get(key) is not { } parent)
                return lineage;
            if (!_files.ContainsKey(parent))
                throw file.At(key, $"'{key}' names '{parent}', which does not exist; known: {string.Join(", ", _files.Keys.Order(StringComparer.Ordinal))}.");
            current = parent;
        }
    }

    private Variant Resolve(string name)
    {
        var lineage = Lineage(name);
        var file = lineage[0];
        var role = RoleOf(file);
        var control = lineage.Skip(1).FirstOrDefault(f => RoleOf(f) == VariantRole.Control);
        var folder = Path.GetDirectoryName(file.Path)!;
        if (role == VariantRole.Control && file.Get("feature") is not null)
            throw file.At("feature", "a control promises no feature; remove the key or change the role.");
        if ((file.Get("feature") is null) != (file.FeatureBit is null))
            throw file.At("feature", "'feature' and 'feature-bit' come together: the suite finds the one by the other.");

        var series = SeriesOf(name);
        if (role == VariantRole.Control && series.Patches.Count > 0)
            throw file.At("role", $"a control is the kernel without a series, and {Path.GetFileName(series.Patches[0])} lies in its folder; "
                + "move the patches to a folder of role \"variant\".");

        return new Variant
        {
            Name = name,
            Title = file.Require("title"),
            Role = role,
            Base = SourceOf(file),
            Tag = TagOf(file),
            Feature = file.Get("feature"),
            FeatureBit = file.FeatureBit,
            Series = series,
            Fragments = [.. Directory.EnumerateFiles(folder, "*.config").Order(StringComparer.Ordinal)],
            SwitchOff = lineage.Select(f => f.SwitchOff).FirstOrDefault(options => options is not null) ?? [],
            Expect = ExpectationsOf(lineage),
            ToReview = [.. ExpectationsOf(lineage).Keys.Where(key => lineage.First(f => f.Expect.ContainsKey(key)).ToReview.Contains(key))],
            Control = control?.Get("name"),
            Suites = SuitesOf(lineage, role),
            ControlExpect = control is null ? null : ExpectationsOf(Lineage(control.Require("name"))),
            Folder = folder,
        };
    }

    /// <summary>The patches of the variant a series stands on come first.</summary>
    private PatchSeries SeriesOf(string name)
    {
        var stack = Chain(name, "onto");
        stack.Reverse();
        return PatchSeries.Of(stack.Select(file => PatchFolder.Read(Path.GetDirectoryName(file.Path)!)));
    }

    /// <summary>The nearest file that lists a scenario decides all of its observables.</summary>
    private static SortedDictionary<string, Expectation> ExpectationsOf(List<VariantFile> lineage)
    {
        var expect = new SortedDictionary<string, Expectation>(StringComparer.Ordinal);
        foreach (var file in Enumerable.Reverse(lineage))
        {
            foreach (var (scenario, expectation) in file.Expect)
                expect[scenario] = expectation;
        }

        return expect;
    }

    /// <summary>The suites that a lineage declares; of each suite and test the nearest file decides.</summary>
    private static IReadOnlyList<DeclaredSuite> SuitesOf(List<VariantFile> lineage, VariantRole role)
    {
        var suites = new SortedDictionary<string, DeclaredSuite>(StringComparer.Ordinal);
        foreach (var suite in Enumerable.Reverse(lineage).SelectMany(file => file.Suites))
            suites[suite.Name] = suites.TryGetValue(suite.Name, out var inherited) ? inherited.With(suite) : suite;
        return role != VariantRole.Control || suites.Values.All(suite => suite.Control.IsEmpty) ? [.. suites.Values]
            : throw lineage[0].At("role", "a control has no control: 'must-fail' and [suite.control] belong to a variant.");
    }

    private static VariantRole RoleOf(VariantFile file) => file.Require("role") switch
    {
        "control" => VariantRole.Control,
        "variant" => VariantRole.Variant,
        "reference" => VariantRole.Reference,
        var other => throw file.At("role", $"role is '{other}'; it must be control, variant or reference."),
    };

    private static KernelSource SourceOf(VariantFile file)
    {
        try
        {
            return KernelSource.Parse(file.Require("source"));
        }
        catch (FormatException e)
        {
            throw file.At("source", e.Message, e);
        }
    }

    // The kernel's release is at most 64 bytes with the tag (include/linux/utsname.h), and file names are made of it.
    private static string TagOf(VariantFile file) =>
        file.Require("tag") is { Length: > 1 and <= 40 } tag && tag[0] == '-' && tag.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')
            ? tag
            : throw file.At("tag", $"tag is '{file.Require("tag")}'; it must be '-' and then letters, digits, '-', '.' or '_', 40 at most.");
}
