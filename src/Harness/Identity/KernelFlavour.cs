using System.Text.RegularExpressions;
using Faultline.Harness.Docker;
using Faultline.Harness.Inputs;

namespace Faultline.Harness.Identity;

/// <summary>
/// What a kernel is configured with beyond its variant: the fragments of <c>--config</c>. It is known by which
/// fragments these are, in their
/// order, and not by what stands in them: a fragment that is edited makes the same kernel again, as an edited patch does.
/// </summary>
/// <param name="Name">The fragments' names: <c>debug</c>, <c>debug-kasan</c>; empty for none.</param>
/// <param name="Key">A hash of where they lie; empty for none.</param>
internal sealed partial record KernelFlavour(string Name, string Key)
{
    private const int NameLength = 24;
    private const string Extension = ".config";

    /// <summary>The variant's own configuration, and nothing on top.</summary>
    public static readonly KernelFlavour Plain = new("", "");

    public bool IsPlain => Key.Length == 0;

    /// <summary>A part of a plain file name that no other flavour has: <c>debug-1a2b3c4d</c>.</summary>
    public string ShortName => $"{Name}-{Key}";

    /// <param name="fragments">Files, in the order in which they go on top of the variant's.</param>
    /// <param name="home">The checkout: its own fragments are the same ones in every checkout.</param>
    public static KernelFlavour Of(IReadOnlyList<string> fragments, string home)
    {
        if (fragments.Count == 0)
            return Plain;
        var name = string.Join('-', fragments.Select(WithoutExtension));
        return new KernelFlavour(name[..Math.Min(name.Length, NameLength)].TrimEnd('-', '.'), InputHash.Of(hash =>
        {
            foreach (var fragment in fragments)
                hash.Add("fragment", PlaceOf(Path.GetFullPath(fragment), Path.TrimEndingDirectorySeparator(Path.GetFullPath(home))));
        })[..8]);
    }

    private static string PlaceOf(string fragment, string home) =>
        fragment.StartsWith(home + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Path.GetRelativePath(home, fragment) : fragment;

    private static string WithoutExtension(string path)
    {
        var name = Path.GetFileName(path);
        var bare = name.EndsWith(Extension, StringComparison.Ordinal) && name.Length > Extension.Length ? name[..^Extension.Length] : name;
        return NotPlain().Replace(bare, "_");
    }

    [GeneratedRegex("[^A-Za-z0-9_.-]+")]
    private static partial Regex NotPlain();
}
