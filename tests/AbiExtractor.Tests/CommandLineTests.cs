using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>The extractor as a program: exit statuses, messages and files.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _directory.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private int Run(params string[] args) => CommandLine.Run(args, _output, _error);

    [Theory]
    [InlineData("no header given")]
    [InlineData("unexpected argument '--what'", "a.h", "--what")]
    [InlineData("unexpected argument 'b.h'", "a.h", "b.h")]
    [InlineData("--target needs a value", "a.h", "--target")]
    public void Wrong_command_line_is_explained(string message, params string[] args)
    {
        Assert.Equal(CommandLine.WrongUsage, Run(args));
        Assert.Contains(message, _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("usage:", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "libclang")]
    public void Model_goes_to_the_output()
    {
        Assert.Equal(0, Run(_directory.Write("a.h", "#define A 1\n"), "--name", "linux/a.h", "--target", "i386-linux-gnu"));
        var spec = AbiFile.Parse(_output.ToString());
        Assert.Equal(("linux/a.h", "i386-linux-gnu"), (spec.Header, spec.Target));
    }

    [Fact]
    [Trait("needs", "libclang")]
    public void Broken_header_leaves_no_file()
    {
        var file = Path.Combine(_directory.Path, "out", "a.abi.json");
        Assert.Equal(CommandLine.Unreadable, Run(_directory.Write("a.h", "struct {"), "-o", file));
        Assert.Contains("a.h:1:", _error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(file)));
    }

    [Fact]
    [Trait("needs", "libclang")]
    public void File_is_replaced_whole()
    {
        var file = _directory.Write("out/a.abi.json", "old");
        Assert.Equal(0, Run(_directory.Write("a.h", "#define A 1\n"), "-o", file));
        Assert.Equal("A", Assert.Single(AbiFile.Parse(File.ReadAllText(file)).Constants).Name);
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public void Libclang_path_is_a_file_or_a_directory()
    {
        Assert.Equal(["/some/libclang.so"], LibclangLocator.Candidates("/some/libclang.so"));
        _directory.Write("libclang-99.so.1", "");
        _directory.Write("libclang-cpp.so.99", "");
        var candidates = LibclangLocator.Candidates(_directory.Path).ToList();
        Assert.Contains(Path.Combine(_directory.Path, "libclang-99.so.1"), candidates);
        Assert.DoesNotContain(Path.Combine(_directory.Path, "libclang-cpp.so.99"), candidates);
        Assert.All(candidates, candidate => Assert.StartsWith(_directory.Path, candidate, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_path_newer_versions_come_first()
    {
        var candidates = LibclangLocator.Candidates(null).ToList();
        Assert.True(candidates.IndexOf("libclang-22.so.1") < candidates.IndexOf("libclang-14.so.1"));
        Assert.Contains("/usr/lib/llvm-14/lib/libclang.so.1", candidates);
    }

    [Fact]
    public void Missing_libclang_names_the_package_or_the_wrong_path()
    {
        Assert.Contains("apt install libclang-dev", new LibclangMissingException(null, []).Message, StringComparison.Ordinal);
        Assert.Contains("LIBCLANG_PATH is '/x'", new LibclangMissingException("/x", []).Message, StringComparison.Ordinal);
    }
}
