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
    [InlineData("-o needs a value", "a.h", "-o", "")]
    [InlineData("--files needs a value", "a.h", "--files", "")]
    [InlineData("--files needs a value", "a.h", "--files=")]
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
    public void Arguments_may_stand_in_a_file()
    {
        var response = _directory.Write("extract.rsp", "a b.h\n--target=i386-linux-gnu\n--include\n/some dir\n\n");
        var arguments = CommandLineArguments.Parse(["@" + response, "--verbose"]);
        Assert.Equal(("a b.h", "i386-linux-gnu", true), (arguments.Request.Path, arguments.Request.Target, arguments.Verbose));
        Assert.Equal(["/some dir"], arguments.Request.IncludeDirectories);
        Assert.Equal(CommandLine.WrongUsage, Run("@/nonexistent"));
        Assert.Contains("'@/nonexistent' cannot be read", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "libclang")]
    public void Files_read_are_listed_for_the_build()
    {
        var header = _directory.Write("linux/a.h", "#include <linux/types.h>\n#define A 1\n");
        var included = _directory.Write("linux/types.h", "");
        var list = Path.Combine(_directory.Path, "a.inputs");
        Assert.Equal(0, Run(header, "--files", list));
        Assert.Equal([header, included], File.ReadAllLines(list));
    }

    [Fact]
    [Trait("needs", "libclang")]
    public void A_project_is_told_where_the_directory_of_an_include_is_named()
    {
        var header = _directory.Write("input.h", "#include <nosuch/time.h>\n");
        Assert.Equal(CommandLine.Unreadable, Run(header, "--msbuild"));
        Assert.Contains("'nosuch/time.h' file not found; name its directory in the item's Includes metadata", _error.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "libclang")]
    public void Errors_are_written_for_msbuild_when_asked()
    {
        var header = _directory.Write("a.h", "\nstruct a { int b }\n");
        Assert.Equal(CommandLine.Unreadable, Run(header, "--msbuild"));
        Assert.StartsWith($"{header}(2,", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("): error FLT009: expected ';'", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(CommandLine.Unreadable, Run("/nonexistent.h", "--msbuild"));
        Assert.Contains("/nonexistent.h : error FLT009: ", _error.ToString(), StringComparison.Ordinal);
    }
}
