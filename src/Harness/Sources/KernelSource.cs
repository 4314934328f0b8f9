using System.Globalization;
using System.Text.RegularExpressions;
using Faultline.Harness.Inputs;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Sources;

/// <summary>Where a kernel's source comes from.</summary>
internal abstract partial record KernelSource
{
    /// <summary>The files by which a folder is known to be a kernel tree.</summary>
    internal static readonly string[] Marks = ["Makefile", "Kconfig", "mm/userfaultfd.c"];

    private KernelSource()
    {
    }

    /// <summary>Debian's source package <c>linux-source-VERSION</c>; whichever point release the archive has.</summary>
    /// <param name="Version">Two numbers: <c>6.1</c>.</param>
    public sealed record Debian(string Version) : KernelSource
    {
        public string Package => $"linux-source-{Version}";

        public override string ToString() => $"debian:{Version}";
    }

    /// <summary>A tree of the user's own, never written to.</summary>
    /// <param name="Folder">Absolute path.</param>
    public sealed partial record Tree(string Folder) : KernelSource
    {
        private const int NameLength = 20;

        /// <summary>What a person calls the state it is in; null for what git says of it.</summary>
        public string? State { get; init; }

        /// <summary>
        /// The folder of the developer's tree that stands on it; null for a tree that is built itself. The kernels made of it have names
        /// that say so, and its folder's would say <c>base</c> of each.
        /// </summary>
        public string? Developed { get; init; }

        /// <summary>
        /// What a copy of Faultline's own holds, which nobody changes during a run; null for a folder that has to be looked at.
        /// </summary>
        public Lazy<Task<TreeScan>>? Kept { get; init; }

        /// <summary>The first two numbers of its version, as its Makefile has them; null where it has none.</summary>
        public Version? Version
        {
            get
            {
                var lines = File.ReadLines(Path.Combine(Folder, "Makefile")).Take(10).ToList();
                return Number("VERSION") is { } major && Number("PATCHLEVEL") is { } minor ? new Version(major, minor) : null;

                int? Number(string name)
                {
                    var text = lines.Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
                        .FirstOrDefault(words => words.Length == 2 && words[0] == name)?[1];
                    return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
                }
            }
        }

        /// <summary>A plain file name that no other folder has: <c>linux-1a2b3c4d</c>, of a ground <c>1a2b3c4d</c>.</summary>
        public string ShortName
        {
            get
            {
                var hash = InputHash.Of(hash => hash.Add("folder", Folder))[..8];
                if (Developed is not null)
                    return hash;
                var name = NotPlain().Replace(Path.GetFileName(Folder), "_");
                return $"{name[..Math.Min(name.Length, NameLength)]}-{hash}";
            }
        }

        [GeneratedRegex("[^A-Za-z0-9_.-]+")]
        private static partial Regex NotPlain();

        public override string ToString() => Folder;
    }

    /// <summary>Reads <c>debian:6.1</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static KernelSource Parse(string text) =>
        DebianName().Match(text) is { Success: true } match
            ? new Debian(match.Groups[1].Value)
            : throw new FormatException($"'{text}' is not a kernel source; write debian:VERSION with two numbers, for example debian:6.1 or debian:6.12.");

    /// <summary>A user's tree, checked.</summary>
    /// <param name="folder">The top of a kernel source tree.</param>
    /// <exception cref="KernelSourceException">It is not a kernel tree.</exception>
    public static Tree FromTree(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(folder))
            throw new KernelSourceException($"{folder} does not exist; --tree takes the top folder of a Linux source tree.");
        return Array.Find(Marks, mark => !File.Exists(Path.Combine(folder, mark))) is { } missing
            ? throw new KernelSourceException($"{folder} is not a Linux source tree: it has no {missing}.") : new Tree(folder);
    }

    /// <summary>The tree whose top a folder is; null when it is another folder.</summary>
    public static Tree? TreeAt(string folder) =>
        Array.TrueForAll(Marks, mark => File.Exists(Path.Combine(folder, mark))) ? FromTree(folder) : null;

    [GeneratedRegex(@"^debian:(\d+\.\d+)$")]
    private static partial Regex DebianName();
}
