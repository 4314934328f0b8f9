using System.Runtime.InteropServices;

namespace Faultline.AbiExtractor.Clang;

/// <summary>Loads libclang once in the life of the process; where it is looked for: <see cref="LibclangCandidates"/>.</summary>
public static unsafe class LibclangLocator
{
    /// <summary>The oldest version with every function the extractor calls.</summary>
    public const int OldestVersion = 14;

    /// <summary>The newest version looked for by name; LIBCLANG_PATH and unversioned names may give a newer one.</summary>
    public const int NewestVersion = 22;

    internal const string LibraryName = "libclang";

    private static readonly Lock Gate = new();
    private static bool _registered;
    private static nint _library;
    private static string _path = "";

    /// <summary>The loaded library and where it was found, for example <c>Debian clang version 14.0.6 (/usr/lib/llvm-14/lib/libclang.so.1)</c>.</summary>
    /// <exception cref="LibclangMissingException">No libclang was found or none could be loaded.</exception>
    public static string Description
    {
        get
        {
            Load();
            return $"{NativeMethods.Take(NativeMethods.clang_getClangVersion())} ({_path})";
        }
    }

    /// <summary>The library's version and path if one was loaded before, else null. Loads nothing itself.</summary>
    public static string? Loaded
    {
        get
        {
            lock (Gate)
                return _library == 0 ? null : Description;
        }
    }

    /// <summary>The loaded library as it was asked for: a file, or a soname that the loader found.</summary>
    /// <exception cref="LibclangMissingException">No libclang was found or none could be loaded.</exception>
    public static string LoadedPath
    {
        get
        {
            Load();
            return _path;
        }
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
            var asked = Environment.GetEnvironmentVariable("LIBCLANG_PATH");
            var refused = new List<string>();
            foreach (var candidate in LibclangCandidates.For(
                asked, Environment.GetEnvironmentVariable(LibclangCandidates.LlvmConfigVariable), Environment.GetEnvironmentVariable("PATH")))
            {
                var isFile = Path.IsPathRooted(candidate);
                if (isFile && !File.Exists(candidate))
                    continue;
                if (!NativeLibrary.TryLoad(candidate, out var library))
                {
                    if (isFile || asked is { Length: > 0 })
                        refused.Add($"{candidate} does not load");
                }
                else if (IsTooOld(library, out var version))
                {
                    refused.Add($"{candidate} is {version}");
                    NativeLibrary.Free(library);
                }
                else
                {
                    (_library, _path) = (library, candidate);
                    return library;
                }
            }
            throw new LibclangMissingException(asked, refused);
        }
    }

    /// <summary>A library that cannot say its version is no libclang, or older than any that counts.</summary>
    private static bool IsTooOld(nint library, out string version)
    {
        version = "no libclang";
        if (!NativeLibrary.TryGetExport(library, nameof(NativeMethods.clang_getClangVersion), out var getVersion)
            || !NativeLibrary.TryGetExport(library, nameof(NativeMethods.clang_getCString), out var getText)
            || !NativeLibrary.TryGetExport(library, nameof(NativeMethods.clang_disposeString), out var dispose))
            return true;
        var text = ((delegate* unmanaged<CXString>)getVersion)();
        version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<CXString, byte*>)getText)(text)) ?? "";
        ((delegate* unmanaged<CXString, void>)dispose)(text);
        // "Debian clang version 14.0.6"; a text in another form is taken on trust.
        return MajorOf(version) is < OldestVersion;
    }

    internal static int? MajorOf(string version)
    {
        const string Marker = "version ";
        var start = version.IndexOf(Marker, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var digits = version[(start + Marker.Length)..].TakeWhile(char.IsAsciiDigit).ToArray();
        return int.TryParse(digits, out var major) ? major : null;
    }
}
