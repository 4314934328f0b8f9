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
        ".version", ".old_version", "vmlinux", "vmlinux.o", "vmlinux.a", "vmlinux.map", "vmlinux.symvers", "vmlinux.unstripped",
        "vmlinux-gdb.py", "System.map", "Module.symvers", "modules-only.symvers", "modules.builtin", "modules.builtin.modinfo",
        "modules.builtin.ranges", "compile_commands.json",
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
        // kbuild writes down next to each of its products how it was made.
        || neighbours.Contains($".{name}.cmd")
        || (folder.Length == 0 && (AtTheTop.Contains(name) || Begins(name, ".config") || Begins(name, "cscope.")))
        || (folder == "include" && name is "config" or "generated" or "ksym")
        || (name == "generated" && Begins(folder, "arch/") && Ends(folder, "/include"));

    /// <summary>The traces by which kbuild itself knows a tree that was built in place.</summary>
    public static IReadOnlyList<string> TracesOfABuild { get; } =
        [".config", "include/config", "include/generated", "arch/x86/include/generated"];

    private static bool IsLeftByEditor(string name) =>
        name.EndsWith('~')
        || Begins(name, ".#")
        || (name.StartsWith('#') && name.EndsWith('#'))
        || (name.StartsWith('.') && name.Length > 5 && name[^4..^1] == ".sw")
        || Ends(name, ".orig")
        || Ends(name, ".rej");

    private static bool IsLeftByMake(string name) => name.StartsWith('.')
        && (Ends(name, ".cmd") || Ends(name, ".d") || Begins(name, ".tmp_"));

    private static bool Begins(string text, string start) => text.StartsWith(start, StringComparison.Ordinal);

    private static bool Ends(string text, string end) => text.EndsWith(end, StringComparison.Ordinal);
}
