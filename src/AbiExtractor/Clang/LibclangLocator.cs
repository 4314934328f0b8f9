using System.Runtime.InteropServices;

namespace Faultline.AbiExtractor.Clang;

/// <summary>Finds libclang as bindgen's users expect: LIBCLANG_PATH (a file or a directory), then the loader's own search, then the usual directories.</summary>
public static class LibclangLocator
{
    internal const string LibraryName = "libclang";
    private const int OldestVersion = 14;
    private const int NewestVersion = 22;

    private static readonly Lock Gate = new();
    private static bool _registered;
    private static nint _library;
    private static string _path = "";

    /// <summary>The loaded library's file, as it was asked for.</summary>
    /// <exception cref="LibclangMissingException">No libclang was found or none could be loaded.</exception>
    public static string LoadedPath
    {
        get
        {
            Load();
            return _path;
        }
    }

    /// <summary>The loaded library's own words, for example <c>Debian clang version 14.0.6</c>.</summary>
    /// <exception cref="LibclangMissingException">No libclang was found or none could be loaded.</exception>
    public static string Version
    {
        get
        {
            Load();
            return NativeMethods.Take(NativeMethods.clang_getClangVersion());
        }
    }

    /// <summary>Files to try, best first. A candidate without a directory is for the loader's own search.</summary>
    /// <param name="libclangPath">The value of LIBCLANG_PATH, or null.</param>
    public static IEnumerable<string> Candidates(string? libclangPath)
    {
        if (!string.IsNullOrEmpty(libclangPath))
            return Directory.Exists(libclangPath) ? InDirectory(libclangPath) : [libclangPath];
        var directories = new List<string>();
        for (var version = NewestVersion; version >= OldestVersion; version--)
            directories.Add($"/usr/lib/llvm-{version}/lib");
        directories.AddRange([
            $"/usr/lib/{MultiarchTriple}", "/usr/lib64", "/usr/lib", "/usr/local/lib", "/usr/lib64/llvm/lib", "/usr/lib/llvm/lib", "/opt/homebrew/opt/llvm/lib",
        ]);
        return SoNames.Concat(directories.SelectMany(InDirectory));
    }

    /// <summary>Makes NativeMethods use the library found here.</summary>
    internal static void Register()
    {
        lock (Gate)
        {
            if (_registered)
                return;
            NativeLibrary.SetDllImportResolver(typeof(LibclangLocator).Assembly, (name, _, _) => name == LibraryName ? Load() : 0);
            _registered = true;
        }
    }

    private static nint Load()
    {
        Register();
        lock (Gate)
        {
            if (_library != 0)
                return _library;
            var tried = new List<string>();
            foreach (var candidate in Candidates(Environment.GetEnvironmentVariable("LIBCLANG_PATH")))
            {
                if (Path.IsPathRooted(candidate) && !File.Exists(candidate))
                    continue;
                tried.Add(candidate);
                if (NativeLibrary.TryLoad(candidate, out _library))
                {
                    _path = candidate;
                    return _library;
                }
            }
            throw new LibclangMissingException(Environment.GetEnvironmentVariable("LIBCLANG_PATH"), tried);
        }
    }

    private static IEnumerable<string> SoNames
    {
        get
        {
            for (var version = NewestVersion; version >= OldestVersion; version--)
                yield return $"libclang-{version}.so.1";
            yield return "libclang.so.1";
            yield return "libclang.so";
            yield return "libclang.dylib";
        }
    }

    private static string MultiarchTriple => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.Arm64 => "aarch64-linux-gnu",
        Architecture.Arm => "arm-linux-gnueabihf",
        Architecture.RiscV64 => "riscv64-linux-gnu",
        Architecture.S390x => "s390x-linux-gnu",
        Architecture.Ppc64le => "powerpc64le-linux-gnu",
        _ => "x86_64-linux-gnu",
    };

    private static IEnumerable<string> InDirectory(string directory)
    {
        var named = SoNames.Select(name => Path.Combine(directory, name));
        var others = Directory.Exists(directory) ? Directory.GetFiles(directory, "libclang*.so*") : [];
        return named.Concat(others.Where(IsLibclang).Order(StringComparer.Ordinal));
    }

    private static bool IsLibclang(string file) => !Path.GetFileName(file).StartsWith("libclang-cpp", StringComparison.Ordinal)
        && !Path.GetFileName(file).StartsWith("libclang_rt", StringComparison.Ordinal);
}

/// <summary>libclang is not on this machine, or not where LIBCLANG_PATH says.</summary>
public sealed class LibclangMissingException(string? libclangPath, IReadOnlyList<string> tried) : Exception(Explain(libclangPath, tried))
{
    private static string Explain(string? libclangPath, IReadOnlyList<string> tried)
    {
        var looked = tried.Count == 0 ? "no candidate file exists" : $"none of {tried.Count} candidates loads, the first being {tried[0]}";
        return libclangPath is { Length: > 0 }
            ? $"LIBCLANG_PATH is '{libclangPath}', but {looked}. Point it at libclang's file or directory, or unset it."
            : $"libclang was not found: {looked}. Install it (Debian: apt install libclang-dev; Fedora: dnf install clang-libs) or set LIBCLANG_PATH.";
    }
}
