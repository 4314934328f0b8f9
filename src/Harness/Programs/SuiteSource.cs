using Faultline.Harness.Docker;
using Faultline.Harness.Identity;
using Faultline.Harness.Inputs;
using Faultline.Harness.Kernels;

namespace Faultline.Harness.Programs;

/// <summary>What a suite is built from, as the builder's script wants it.</summary>
/// <param name="Words">Kind and source.</param>
/// <param name="Inputs">What changes the result.</param>
internal sealed record SuiteSource(IReadOnlyList<string> Words, IReadOnlyList<Input> Inputs)
{
    private const long MostBytes = 256L << 20;

    /// <summary>The parts of a kernel tree that its headers and selftests are made from, but for the architecture's own.</summary>
    private static readonly string[] TreeParts = ["Makefile", "Kbuild", "Kconfig", "include", "scripts", "tools", "usr/include", "mm"];

    /// <summary>Copied into the container.</summary>
    public IReadOnlyList<ContainerInput> Files { get; init; } = [];

    /// <summary>The folders of selftests to look for, separated by blanks.</summary>
    public string Areas { get; init; } = "";

    /// <summary>Whether the source lies in the volume of the kernel.</summary>
    public bool IsInVolume { get; init; }

    /// <param name="spec">A suite of programs.</param>
    /// <param name="kernel">The kernel under test; null for one that was not built here.</param>
    /// <param name="request">How it is built.</param>
    /// <exception cref="SuiteException">There is nothing to build.</exception>
    public static SuiteSource Of(SuiteSpec spec, BuiltKernel? kernel, KernelRequest? request) => spec switch
    {
        SuiteSpec.OfKernel own => kernel is { } built && request is { } made ? OfKernel(own, built, made) : throw new SuiteException(
            kind: null,
            $"--suite {own.Name}: it lies in the kernel's tree, and this kernel was not built here; give a folder of selftests."),
        SuiteSpec.OfProgram program => OfProgram(program.Path, $"/input/{Path.GetFileName(program.Path)}"),
        SuiteSpec.OfFolder folder =>
            SuiteSpec.TreeOf(folder.Path) is { } found ? OfTree(found.Tree.Folder, found.Area) : OfFolder(folder, kernel),
        _ => throw new ArgumentException($"{spec.Name} is not built from programs.", nameof(spec)),
    };

    private static SuiteSource OfProgram(string file, string inside) =>
        new(["binary", inside], [Input.OfFile("program", file)]) { Files = [ContainerInput.FromHost(file, inside)] };

    private static SuiteSource OfKernel(SuiteSpec.OfKernel spec, BuiltKernel kernel, KernelRequest request) => new(
        ["selftests", $"/kernel/trees/{request.Id.NameInSource}"],
        [
            Input.Of("source", $"{request.Source} {kernel.SourceVersion} {KernelState.InputsOf(kernel.Folder)?[KernelInputs.Source]}"),
            Input.Of("series", request.Series.Key), Input.Of("folder", spec.Areas),
        ])
    {
        Areas = spec.Areas, IsInVolume = true,
    };

    private static SuiteSource OfTree(string tree, string area)
    {
        string[] parts = [.. TreeParts, $"arch/{Architecture.X86.KernelArch}"];
        var files = parts.Select(part => Path.Combine(tree, part)).SelectMany(path => Directory.Exists(path) ? FilesOf(path)
            : File.Exists(path) ? [path] : []).Order(StringComparer.Ordinal).ToList();
        return new SuiteSource(["selftests", "/input/tree"], [Input.OfFiles("tree", tree, files), Input.Of("folder", area)])
        {
            Areas = area,
            Files = [FilesOf(files, tree, "/input/tree")],
        };
    }

    private static SuiteSource OfFolder(SuiteSpec.OfFolder spec, BuiltKernel? kernel)
    {
        var files = FilesOf(spec.Path).ToList();
        if (files.Sum(file => new FileInfo(file).Length) is > MostBytes and var bytes)
        {
            throw new SuiteException(
                kind: null, $"--suite {spec.Path} holds {bytes >> 20} MiB; a suite has at most {MostBytes >> 20} MiB.");
        }

        string[] makefiles = ["GNUmakefile", "makefile", "Makefile"];
        var kind = Array.Exists(makefiles, name => File.Exists(Path.Combine(spec.Path, name))) ? "makefile"
            : files.Exists(file => Path.GetDirectoryName(file) == spec.Path && file.EndsWith(".c", StringComparison.Ordinal)) ? "sources"
            : throw new SuiteException(
                kind: null, $"--suite {spec.Path} holds neither a Makefile nor a C file, so that nothing can be built there.");
        List<Input> inputs = [Input.Of("kind", kind), Input.OfFiles("folder", spec.Path, files)];
        List<ContainerInput> copied = [FilesOf(files, spec.Path, "/input/folder")];
        if (kernel is not null)
        {
            inputs.Add(Input.OfFolder("headers", kernel.UapiHeaders));
            copied.Add(ContainerInput.FromHost(kernel.UapiHeaders, "/input/headers"));
        }

        return new SuiteSource([kind, "/input/folder"], inputs) { Files = copied };
    }

    private static ContainerInput FilesOf(IEnumerable<string> files, string from, string to) =>
        ContainerInput.FromFiles(to, [.. files.Select(file => (Path.GetRelativePath(from, file), file))]);

    /// <summary>Without links: a kernel tree has some that lead round in circles.</summary>
    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(
                folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => !Path.GetRelativePath(folder, file).StartsWith(".git/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
