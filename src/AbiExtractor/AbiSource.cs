using Faultline.AbiModel;

namespace Faultline.AbiExtractor;

/// <summary>Loads a model from wherever a user points: a model file, a header, or a directory of installed headers.</summary>
public static class AbiSource
{
    /// <summary>The header taken from a directory when none is named.</summary>
    public const string DefaultHeader = "linux/userfaultfd.h";

    private static readonly string[] HeaderFolders = ["", "include", "usr/include"];

    /// <summary>Loads one side of a comparison.</summary>
    /// <param name="path">An <c>.abi.json</c> file (read as it is), a header (extracted), or a directory: its <paramref name="header"/> is extracted, looked for
    /// in the directory itself, in <c>include</c> and in <c>usr/include</c>, where <c>make headers_install</c> puts it.</param>
    /// <param name="target">Target triple of a header; null is this machine's.</param>
    /// <param name="includeDirectories">See <see cref="HeaderRequest.IncludeDirectories"/>.</param>
    /// <exception cref="ExtractionException">Nothing usable is there, the header does not compile, or the model file is malformed; the errors name the place.</exception>
    /// <exception cref="Clang.LibclangMissingException">A header must be read and libclang is missing.</exception>
    public static AbiSpec Load(string path, string? target = null, IReadOnlyList<string>? includeDirectories = null, string header = DefaultHeader)
    {
        if (Directory.Exists(path))
            return Extract(HeaderIn(path, header), target, includeDirectories);
        if (!File.Exists(path))
            throw new ExtractionException($"{path} does not exist. Name an .abi.json file, a header, or a directory of installed headers.", []);
        return path.EndsWith(".json", StringComparison.Ordinal) ? Read(path) : Extract(path, target, includeDirectories);
    }

    private static AbiSpec Extract(string header, string? target, IReadOnlyList<string>? includeDirectories) =>
        HeaderExtractor.Extract(new() { Path = header, Target = target, IncludeDirectories = includeDirectories ?? [] });

    private static string HeaderIn(string directory, string header)
    {
        var candidates = HeaderFolders.Select(folder => Path.Combine(directory, folder, header)).ToList();
        if (candidates.Find(File.Exists) is { } found)
            return found;
        var hint = File.Exists(Path.Combine(directory, "include", "uapi", header))
            ? "It is a kernel source tree: run 'make headers_install' in it first, and name the directory it installs to."
            : $"Looked for {string.Join(", ", candidates)}.";
        throw new ExtractionException($"{directory} holds no installed {header}. {hint}", []);
    }

    private static AbiSpec Read(string path)
    {
        try
        {
            return AbiFile.Parse(File.ReadAllText(path));
        }
        catch (AbiFormatException exception)
        {
            throw new ExtractionException($"{path} is no ABI model this version reads.", [new(path, exception.Line, exception.Column, exception.Problem)]);
        }
    }
}
