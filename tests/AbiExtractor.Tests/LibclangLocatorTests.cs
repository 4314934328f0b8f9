using Faultline.AbiExtractor.Clang;

namespace Faultline.AbiExtractor.Tests;

/// <summary>Where libclang is looked for, in which order, and what is said when it is not there.</summary>
public sealed class LibclangLocatorTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Libclang_path_is_a_file_or_a_directory()
    {
        Assert.Equal(["/some/libclang.so"], LibclangCandidates.For("/some/libclang.so", "/usr/bin/llvm-config", "/usr/bin"));
        _directory.Write("libclang-99.so.1", "");
        _directory.Write("libclang-cpp.so.99", "");
        var candidates = LibclangCandidates.For(_directory.Path, null, null).ToList();
        Assert.Contains(Path.Combine(_directory.Path, "libclang-99.so.1"), candidates);
        Assert.DoesNotContain(Path.Combine(_directory.Path, "libclang-cpp.so.99"), candidates);
        Assert.All(candidates, candidate => Assert.StartsWith(_directory.Path, candidate, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_path_newer_versions_come_first_wherever_they_are()
    {
        var candidates = LibclangCandidates.For(null, null, null).ToList();
        Assert.True(candidates.IndexOf("/usr/lib/llvm-22/lib/libclang.so.1") < candidates.IndexOf("libclang-21.so.1"));
        Assert.True(candidates.IndexOf("libclang-15.so.15") < candidates.IndexOf("/usr/lib/llvm-14/lib/libclang.so.1"));
        Assert.True(candidates.IndexOf("libclang-14.so.1") < candidates.IndexOf("libclang.so.1"));
    }

    [Fact]
    public void Llvm_config_is_asked_first_when_named_and_last_when_only_found()
    {
        var bin = Directory.CreateDirectory(Path.Combine(_directory.Path, "bin")).FullName;
        var llvmConfig = _directory.Write("bin/llvm-config", "#!/bin/sh\n[ \"$1\" = --libdir ] && echo /opt/llvm/lib\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(llvmConfig, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.StartsWith("/opt/llvm/lib/", LibclangCandidates.For("", llvmConfig, null).First(), StringComparison.Ordinal);
        Assert.StartsWith("/opt/llvm/lib/", LibclangCandidates.For(null, null, bin).Last(), StringComparison.Ordinal);
        Assert.NotEmpty(LibclangCandidates.For(null, "/nonexistent", null));
    }

    [Theory]
    [InlineData("Debian clang version 14.0.6", 14)]
    [InlineData("clang version 22.1.8 (some fork)", 22)]
    [InlineData("clang", null)]
    public void Version_is_read_from_its_own_words(string text, int? major) => Assert.Equal(major, LibclangLocator.MajorOf(text));

    [Fact]
    public void Missing_libclang_names_the_package_or_the_wrong_path()
    {
        Assert.Contains("apt install libclang-dev", new LibclangMissingException(null, []).Message, StringComparison.Ordinal);
        Assert.Contains("LIBCLANG_PATH is '/x'", new LibclangMissingException("/x", []).Message, StringComparison.Ordinal);
        Assert.Contains("/y is clang version 11", new LibclangMissingException(null, ["/y is clang version 11"]).Message, StringComparison.Ordinal);
    }
}
