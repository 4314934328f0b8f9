using System.Runtime.InteropServices;

namespace Faultline.Launcher.Tests;

/// <summary>Which command lines the launcher answers itself, and that all others are left to the full command.</summary>
public sealed class ExtractCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("faultline-launcher-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Header(string text = "#define A 1\n")
    {
        var file = Path.Combine(_directory, "a.h");
        File.WriteAllText(file, text);
        return file;
    }

    [Fact]
    public void Plain_extraction_is_answered_here()
    {
        var header = Header();
        var command = ExtractCommand.Parse(["abi", "extract", header, "-o", "out", "-I", "one", "--include", "two", "--target", "i386-linux-gnu", "-v"]);
        Assert.NotNull(command);
        Assert.Equal((header, "i386-linux-gnu", "out", true), (command.Request.Path, command.Request.Target, command.Output, command.Verbose));
        Assert.Equal(["one", "two"], command.Request.IncludeDirectories);
    }

    [Theory]
    [InlineData]
    [InlineData("abi", "extract")]
    [InlineData("abi", "diff", "HEADER", "HEADER")]
    [InlineData("abi", "extract", "--help")]
    [InlineData("abi", "extract", "HEADER", "--help")]
    [InlineData("abi", "extract", "HEADER", "HEADER")]
    [InlineData("abi", "extract", "HEADER", "-o")]
    [InlineData("abi", "extract", "HEADER", "-o", "--target")]
    [InlineData("abi", "extract", "HEADER", "-o", "")]
    [InlineData("abi", "extract", "HEADER", "-o", "a", "-o", "b")]
    [InlineData("abi", "extract", "HEADER", "--target=i386-linux-gnu")]
    [InlineData("abi", "extract", "/nonexistent.h")]
    [InlineData("abi", "extract", "@file")]
    [InlineData("run")]
    public void Everything_else_is_the_full_commands(params string[] args) =>
        Assert.Null(ExtractCommand.Parse([.. args.Select(argument => argument == "HEADER" ? Header() : argument)]));

    [Fact]
    [Trait("needs", "libclang")]
    public void Model_is_the_extractors()
    {
        var output = Path.Combine(_directory, "a.abi.json");
        Assert.Equal(0, ExtractCommand.Parse(["abi", "extract", Header(), "-o", output])!.TryRun());
        Assert.Equal(AbiModel.AbiFile.Format(AbiExtractor.HeaderExtractor.Extract(new() { Path = Header() })), File.ReadAllText(output));
    }

    [Fact]
    [Trait("needs", "libclang")]
    public void Failure_leaves_nothing_behind()
    {
        var header = Header("struct {");
        Assert.Null(ExtractCommand.Parse(["abi", "extract", header, "-o", Path.Combine(_directory, "out", "a.abi.json")])!.TryRun());
        Assert.Equal([header], Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    [Trait("needs", "libclang")]
    public void Header_that_never_ends_is_not_read_twice()
    {
        Assert.Equal(0, mkfifo(Path.Combine(_directory, "pipe.h"), 0x1b6));
        var command = ExtractCommand.Parse(["abi", "extract", Header("#include \"pipe.h\"\n")])!;
        command = command with { Request = command.Request with { TimeLimit = TimeSpan.FromSeconds(1) } };
        var (exitCode, error) = Run(command, Console.Out);
        Assert.Equal(2, exitCode);
        Assert.Contains("faultline: a.h: no end after 1 seconds", error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "libclang")]
    public void Model_that_is_partly_out_is_not_printed_again()
    {
        using var full = new FullDisk();
        var (exitCode, error) = Run(ExtractCommand.Parse(["abi", "extract", Header()])!, full);
        Assert.Equal(10, exitCode);
        Assert.Contains("faultline: standard output cannot be written: no space", error, StringComparison.Ordinal);
    }

    private static (int? ExitCode, string Error) Run(ExtractCommand command, TextWriter output)
    {
        var (usualOutput, usualError) = (Console.Out, Console.Error);
        using var error = new StringWriter();
        try
        {
            Console.SetOut(output);
            Console.SetError(error);
            return (command.TryRun(), error.ToString());
        }
        finally
        {
            Console.SetOut(usualOutput);
            Console.SetError(usualError);
        }
    }

    private sealed class FullDisk : StringWriter
    {
        public override void Write(string? value) => throw new IOException("no space");
    }

    [DllImport("libc")]
    private static extern int mkfifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
