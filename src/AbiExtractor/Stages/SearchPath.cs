using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Faultline.AbiExtractor.Input;

namespace Faultline.AbiExtractor.Stages;

/// <summary>
/// The folders in which includes are found. The model names files by them, never by a path of this machine.
/// </summary>
internal sealed partial class SearchPath
{
    private SearchPath(string header, string name, string target, IReadOnlyList<string> directories, HeaderRequest request) =>
        (Header, Name, Target, Directories, Defines, Preludes) =
        (header, name, target, directories, request.Defines, [.. request.Preludes.Select(PlaceOf)]);

    /// <summary>The header's absolute path.</summary>
    public string Header { get; }

    /// <summary>The header as programs include it.</summary>
    public string Name { get; }

    public string Target { get; }

    public IReadOnlyList<string> Directories { get; }

    /// <summary>
    /// The include folders of this machine, used because the header's own tree lacks some of its includes.
    /// </summary>
    public IReadOnlyList<string> Borrowed { get; private init; } = [];

    private IReadOnlyList<string> Defines { get; }

    /// <summary>Headers that are included before it: absolute paths, or names as programs include them.</summary>
    public IReadOnlyList<string> Preludes { get; }

    /// <summary>How deep brackets may nest. clang's own bound of 256 is less than sums take that grow macro by macro.</summary>
    private const int BracketDepth = 4096;

    private const string Nowhere = "/dev/null";

    /// <summary>What the kernel's scripts/headers_install.sh takes out of a header, or spells so that any compiler knows it.</summary>
    private static readonly string[] KernelAnnotations =
        ["__user=", "__force=", "__iomem=", "__attribute_const__=", "__packed=__attribute__((packed))"];

    public IReadOnlyList<string> ClangArguments =>
    [
        "-x", "c", "-std=gnu17",
            $"--target={Target}", "-nostdlibinc", "-w", "-ferror-limit=0", "-Wno-everything", "-fno-spell-checking",
            $"-fbracket-depth={BracketDepth}",
        // Nothing is linked and no GPU is meant: looking for their compilers takes longer than reading a small header.
        $"--gcc-toolchain={Nowhere}", $"--cuda-path={Nowhere}", $"--rocm-path={Nowhere}",
        .. Directories.SelectMany(directory => new[] { "-isystem", directory }),
        .. KernelAnnotations.Concat(Defines).Select(macro => $"-D{macro}"),
        .. Preludes.SelectMany(prelude => new[] { "-include", prelude }),
    ];

    public static string HostTarget => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.Arm64 => "aarch64-linux-gnu",
        Architecture.Arm => "arm-linux-gnueabihf",
        Architecture.X86 => "i386-linux-gnu",
        Architecture.RiscV64 => "riscv64-linux-gnu",
        Architecture.S390x => "s390x-linux-gnu",
        Architecture.Ppc64le => "powerpc64le-linux-gnu",
        _ => "x86_64-linux-gnu",
    };

    /// <exception cref="ExtractionException">The header or an include directory does not exist.</exception>
    public static SearchPath For(HeaderRequest request)
    {
        var header = Path.GetFullPath(request.Path);
        InputFile.Demand(header, "header");
        if (header.Any(c => c is '"' || char.IsControl(c)))
            throw new ExtractionException($"The header {request.Path} has a quotation mark or a control character in its path, which C's #include cannot spell. Rename it.", []);
        var missing = request.IncludeDirectories.FirstOrDefault(directory => !Directory.Exists(directory));
        if (missing is not null)
            throw new ExtractionException($"The include directory {missing} does not exist.", []);
        foreach (var prelude in request.Preludes.Where(File.Exists))
            InputFile.Demand(prelude, "prelude");
        var target = request.Target ?? HostTarget;
        if (request.Defines.FirstOrDefault(macro => !MacroDefinition.IsMatch(macro)) is { } wrong)
            throw new ExtractionException($"'{wrong}' defines no macro. Write NAME or NAME=VALUE.", []);
        var directories = request.IncludeDirectories.Select(Path.GetFullPath)
            .SelectMany(directory => MachineHeaders.Beside(directory, target) is { } own ? [own, directory] : (string[])[directory])
            .Concat(Inferred(header, target)).Distinct().ToList();
        var isWhole = directories.Exists(directory => File.Exists(Path.Combine(directory, "linux", "types.h")));
        var borrowed = isWhole ? [] : MachineHeaders.For(target);
        return new(header, request.IncludeName ?? NameIn(directories, header), target, [.. directories.Union(borrowed)], request)
        {
            Borrowed = borrowed,
        };
    }

    /// <summary>The file as programs include it: relative to the deepest include directory around it, else its bare name; <c>&lt;built-in&gt;</c> for the compiler's own.</summary>
    public string NameOf(string file) => file.Length == 0 ? "<built-in>" : SamePath(file, Header) ? Name : NameIn(Directories, Path.GetFullPath(file));

    public static bool SamePath(string left, string right) => left.Length > 0 && right.Length > 0 && string.Equals(Path.GetFullPath(left), Path.GetFullPath(right), StringComparison.Ordinal);

    /// <summary>A file is meant where there is one; else it is looked for as an include is.</summary>
    private static string PlaceOf(string prelude) => File.Exists(prelude) ? Path.GetFullPath(prelude) : prelude;

    [GeneratedRegex(@"\A[A-Za-z_]\w*(\([^)]*\))?(=[^\r\n]*)?\z")]
    private static partial Regex MacroDefinition { get; }

    private static string NameIn(IReadOnlyList<string> directories, string file)
    {
        var around = directories
            .Where(directory => file.StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal))
            .OrderByDescending(directory => directory.Length)
            .FirstOrDefault();
        return around is null ? Path.GetFileName(file) : Path.GetRelativePath(around, file);
    }

    /// <summary>The include root the header lies in, if it lies in one, and for the distribution's own root the directory of the target beside it.</summary>
    private static IEnumerable<string> Inferred(string header, string target)
    {
        for (var directory = Path.GetDirectoryName(header); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (!File.Exists(Path.Combine(directory, "linux", "types.h")))
                continue;
            return MachineHeaders.Beside(directory, target) is { } multiarch ? [multiarch, directory] : [directory];
        }
        // A header of /usr/include/<triple>: its root is one level up.
        var parent = Path.GetDirectoryName(Path.GetDirectoryName(header));
        return parent is not null && Directory.Exists(Path.Combine(parent, "asm")) ? [parent] : [];
    }
}
