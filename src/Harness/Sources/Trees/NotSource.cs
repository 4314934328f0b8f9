namespace Faultline.Harness.Sources.Trees;

/// <summary>
/// What lies in a kernel tree and is not part of its source: git's own files, what a build in place left, what editors and indexers keep.
/// Everything else counts, whatever git ignores: a build reads an ignored header as any other.
/// </summary>
internal static class NotSource
{
    /// <summary>Products without a record of how they were made, at the top of the tree.</summary>
    private static readonly string[] AtTheTop =
    [
        ".version", ".old_version", "vmlinux", "vmlinux.o", "vmlinux.a", "vmlinux.map", "vmlinux.symvers", "vmlinux.unstripped", "vmlinux-gdb.py", "System.map",
        "Module.symvers", "modules-only.symvers", "modules.builtin", "modules.builtin.modinfo", "modules.builtin.ranges", "compile_commands.json",
        "tags", "TAGS", "GPATH", "GRTAGS", "GSYMS", "GTAGS",
    ];

    private static readonly string[] Anywhere = [".git", ".cache", ".clangd", ".idea", ".vscode", "modules.order"];

    /// <param name="folder">The folder's path in the tree, empty for its top.</param>
    /// <param name="name">A name in it.</param>
    /// <param name="neighbours">Every name in it.</param>
    public static bool Is(string folder, string name, IReadOnlySet<string> neighbours) =>
        Anywhere.Contains(name)
        || IsLeftByEditor(name)
        || IsLeftByMake(name)
        // kbuild writes down beside each of its products how it was made.
        || neighbours.Contains($".{name}.cmd")
        || (folder.Length == 0 && (AtTheTop.Contains(name) || name.StartsWith(".config", StringComparison.Ordinal) || name.StartsWith("cscope.", StringComparison.Ordinal)))
        || (folder == "include" && name is "config" or "generated" or "ksym")
        || (name == "generated" && folder.StartsWith("arch/", StringComparison.Ordinal) && folder.EndsWith("/include", StringComparison.Ordinal));

    /// <summary>The traces by which kbuild itself knows a tree that was built in place.</summary>
    public static IReadOnlyList<string> TracesOfABuild { get; } = [".config", "include/config", "include/generated", "arch/x86/include/generated"];

    private static bool IsLeftByEditor(string name) =>
        name.EndsWith('~')
        || name.StartsWith(".#", StringComparison.Ordinal)
        || (name.StartsWith('#') && name.EndsWith('#'))
        || (name.StartsWith('.') && name.Length > 5 && name[^4..^1] == ".sw")
        || name.EndsWith(".orig", StringComparison.Ordinal)
        || name.EndsWith(".rej", StringComparison.Ordinal);

    private static bool IsLeftByMake(string name) => name.StartsWith('.')
        && (name.EndsWith(".cmd", StringComparison.Ordinal) || name.EndsWith(".d", StringComparison.Ordinal) || name.StartsWith(".tmp_", StringComparison.Ordinal));
}
