using System.Text.RegularExpressions;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Programs;

/// <summary>Where a suite comes from: what <c>--suite</c> and <c>run</c> in a variant's file say.</summary>
/// <param name="Name">As results call it.</param>
internal abstract partial record SuiteSpec(string Name)
{
    /// <summary>The word for the built-in suite.</summary>
    public const string BuiltinName = "builtin";

    private const string Selftests = "selftests", Folder = "dir";
    private const string Forms = $"give '{BuiltinName}', '{Selftests}:mm' (a folder of the kernel's tools/testing/selftests), a folder "
        + "with a Makefile or C files, or a static program; NAME=… calls it something else in results";

    /// <summary>The suite of Faultline's own.</summary>
    public sealed record Builtin() : SuiteSpec(BuiltinName);

    /// <summary>A folder of the selftests in the tree of the kernel under test.</summary>
    /// <param name="Name">As results call it.</param>
    /// <param name="Area">The folder's name: <c>mm</c>.</param>
    public sealed record OfKernel(string Name, string Area) : SuiteSpec(Name)
    {
        /// <summary>The folder and what it was called in another age of the kernel.</summary>
        public string Areas => Area switch { "mm" => "mm vm", "vm" => "vm mm", _ => Area };
    }

    /// <summary>A folder with a Makefile, with C files, or of the selftests of some kernel tree.</summary>
    /// <param name="Name">As results call it.</param>
    /// <param name="Path">Absolute.</param>
    public sealed record OfFolder(string Name, string Path) : SuiteSpec(Name);

    /// <summary>A program that is there.</summary>
    /// <param name="Name">As results call it.</param>
    /// <param name="Path">Absolute.</param>
    public sealed record OfProgram(string Name, string Path) : SuiteSpec(Name);

    /// <summary>Reads what a user or a variant's file says.</summary>
    /// <param name="text">The words.</param>
    /// <param name="folder">Where a relative path begins.</param>
    /// <exception cref="SuiteException">It is nothing that could be run.</exception>
    public static SuiteSpec Parse(string text, string folder)
    {
        var name = text.Split('=', 2) is [var before, _] && GoodName().IsMatch(before) ? before : null;
        var where = name is null ? text : text[(name.Length + 1)..];
        if (where == BuiltinName)
            return name is null ? new Builtin() : throw Bad(text, $"the built-in suite is always called '{BuiltinName}'");
        if (where.StartsWith(Selftests + ":", StringComparison.Ordinal))
        {
            var area = where[(Selftests.Length + 1)..];
            return GoodArea().IsMatch(area) ? new OfKernel(name ?? $"{Selftests}/{area}", area)
                : throw Bad(text, $"'{area}' is not the name of a folder of tools/testing/selftests, such as mm or net");
        }

        if (where.Length == 0)
            throw Bad(text, "nothing is named");
        if (where.StartsWith(Folder + ":", StringComparison.Ordinal))
            where = where[(Folder.Length + 1)..];
        var path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(where, folder));
        if (Directory.Exists(path))
            return new OfFolder(Checked(text, name ?? NameOf(path)), path);
        return File.Exists(path) ? new OfProgram(Checked(text, name ?? System.IO.Path.GetFileName(path)), path)
            : throw Bad(text, $"there is no {path}");
    }

    /// <summary>The kernel tree that a folder of selftests lies in, and the folder's name; null for any other folder.</summary>
    public static (KernelSource.Tree Tree, string Area)? TreeOf(string folder)
    {
        const string selftests = "/tools/testing/selftests/";
        var at = folder.LastIndexOf(selftests, StringComparison.Ordinal);
        return at > 0 && GoodArea().IsMatch(folder[(at + selftests.Length)..]) && KernelSource.TreeAt(folder[..at]) is { } tree
            ? (tree, folder[(at + selftests.Length)..]) : null;
    }

    /// <summary>A folder of selftests is known by its tree as well: the kernel under test has one of that name.</summary>
    private static string NameOf(string path) => TreeOf(path) is { } found
        ? $"{System.IO.Path.GetFileName(found.Tree.Folder)}/{found.Area}" : System.IO.Path.GetFileName(path);

    private static string Checked(string text, string name) => GoodName().IsMatch(name) && name != BuiltinName ? name
        : throw Bad(text, $"results cannot call it '{name}'; say how: NAME={text}");

    private static SuiteException Bad(string text, string why) => new(kind: null, $"--suite {text}: {why}; {Forms}.");

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._+-]*(?:/[A-Za-z0-9][A-Za-z0-9._+-]*)*$")]
    private static partial Regex GoodName();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*$")]
    private static partial Regex GoodArea();
}
