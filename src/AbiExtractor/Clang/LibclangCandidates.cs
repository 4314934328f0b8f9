using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Faultline.AbiExtractor.Clang;

/// <summary>
/// Files that may be libclang, best first, in the order bindgen's users expect: LIBCLANG_PATH alone when it is set; else what LLVM_CONFIG_PATH
/// answers; else the installed versions, newest first; else what the <c>llvm-config</c> commands on the PATH answer.
/// </summary>
/// <remarks>A candidate without a directory is a soname for the loader's own search: LD_LIBRARY_PATH, then the cache of ldconfig.</remarks>
internal static class LibclangCandidates
{
    /// <summary>LLVM_CONFIG_PATH names the llvm-config to ask.</summary>
    public const string LlvmConfigVariable = "LLVM_CONFIG_PATH";

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private static readonly string[] UsualDirectories =
        [$"/usr/lib/{MultiarchTriple}", "/usr/lib64", "/usr/lib", "/usr/local/lib", "/usr/lib64/llvm/lib", "/usr/lib/llvm/lib", "/opt/homebrew/opt/llvm/lib"];

    /// <param name="libclangPath">The value of LIBCLANG_PATH: a file or a directory; null or empty when it is not set.</param>
    /// <param name="llvmConfigPath">The value of LLVM_CONFIG_PATH.</param>
    /// <param name="searchPath">The value of PATH; llvm-config commands are looked for there last, for asking one costs more than all other looks together.</param>
    public static IEnumerable<string> For(string? libclangPath, string? llvmConfigPath, string? searchPath)
    {
        if (!string.IsNullOrEmpty(libclangPath))
            return Directory.Exists(libclangPath) ? InDirectory(libclangPath) : [libclangPath];
        var asked = string.IsNullOrEmpty(llvmConfigPath) ? [] : LibraryDirectory(llvmConfigPath).SelectMany(InDirectory);
        return asked.Concat(Versions.SelectMany(OfVersion)).Concat(UnversionedNames).Concat(UsualDirectories.SelectMany(InDirectory))
            .Concat(LlvmConfigs(searchPath ?? "").SelectMany(LibraryDirectory).SelectMany(InDirectory));
    }

    private static IEnumerable<int> Versions
    {
        get
        {
            for (var version = LibclangLocator.NewestVersion; version >= LibclangLocator.OldestVersion; version--)
                yield return version;
        }
    }

    private static string[] UnversionedNames => ["libclang.so.1", "libclang.so", "libclang.dylib"];

    private static IEnumerable<string> OfVersion(int version) =>
    [
        $"/usr/lib/llvm-{version}/lib/libclang.so.1",
        $"/usr/lib/llvm-{version}/lib/libclang-{version}.so.1",
        $"/usr/lib64/llvm{version}/lib/libclang.so.{version}",
        $"/usr/lib/llvm{version}/lib/libclang.so.{version}",
        $"/usr/lib/llvm/{version}/lib64/libclang.so.{version}",
        $"libclang-{version}.so.1",
        $"libclang-{version}.so.{version}",
        $"libclang.so.{version}",
    ];

    private static IEnumerable<string> InDirectory(string directory)
    {
        var named = Versions.SelectMany(version => new[] { $"libclang-{version}.so.1", $"libclang-{version}.so.{version}", $"libclang.so.{version}" })
            .Concat(UnversionedNames).Select(name => Path.Combine(directory, name));
        var others = Directory.Exists(directory) ? Directory.GetFiles(directory, "libclang*.so*") : [];
        return named.Concat(others.Where(IsLibclang).Order(StringComparer.Ordinal));
    }

    private static bool IsLibclang(string file) => !Path.GetFileName(file).StartsWith("libclang-cpp", StringComparison.Ordinal)
        && !Path.GetFileName(file).StartsWith("libclang_rt", StringComparison.Ordinal);

    private static IEnumerable<string> LlvmConfigs(string searchPath)
    {
        var names = Versions.Select(version => $"llvm-config-{version}").Append("llvm-config");
        var directories = searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return names.SelectMany(name => directories.Select(directory => Path.Combine(directory, name))).Where(File.Exists);
    }

    /// <summary>What an llvm-config says about itself; nothing when it does not answer.</summary>
    private static IEnumerable<string> LibraryDirectory(string llvmConfig)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(llvmConfig, ["--libdir"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var answer = process.StandardOutput.ReadLineAsync();
            if (!answer.Wait(AnswerLimit))
                process.Kill();
            return answer is { IsCompletedSuccessfully: true, Result: { Length: > 0 } directory } ? [directory.Trim()] : [];
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            return [];
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
}
