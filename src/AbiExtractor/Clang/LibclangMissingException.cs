namespace Faultline.AbiExtractor.Clang;

/// <summary>libclang is not on this machine, or not where LIBCLANG_PATH says. The message names the package to install.</summary>
/// <param name="libclangPath">The value of LIBCLANG_PATH, or null.</param>
/// <param name="refused">Files that were there and could not be used, each with the reason.</param>
public sealed class LibclangMissingException(string? libclangPath, IReadOnlyList<string> refused) : Exception(Explain(libclangPath, refused))
{
    /// <summary>How to get libclang, by distribution.</summary>
    public const string Install = "Debian, Ubuntu: apt install libclang-dev; Fedora: dnf install clang-libs; Arch: pacman -S clang; Alpine: apk add clang-libclang";

    private static string Explain(string? libclangPath, IReadOnlyList<string> refused)
    {
        var found = refused.Count == 0 ? "no such file was found" : string.Join("; ", refused.Take(3));
        return libclangPath is { Length: > 0 }
            ? $"LIBCLANG_PATH is '{libclangPath}', but {found}. Point it at the file or the directory of a libclang {LibclangLocator.OldestVersion} or newer, or unset it to use an installed one."
            : $"libclang {LibclangLocator.OldestVersion} or newer is needed to read C, and {found}. Install it ({Install}), or set LIBCLANG_PATH to its file or directory.";
    }
}
