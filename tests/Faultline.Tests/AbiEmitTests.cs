using CliWrap;
using CliWrap.Buffered;

namespace Faultline.Cli.Tests;

/// <summary><c>abi emit</c> from the outside.</summary>
public sealed class AbiEmitTests : IDisposable
{
    private const string Model = "linux-patch/upstream/userfaultfd.abi.json";

    private readonly string _folder = Directory.CreateTempSubdirectory("faultline-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<Command.Result> EmitAsync(params string[] arguments) => Command.RunAsync(["abi", "emit", .. arguments]);

    [Theory]
    [InlineData("csharp", "public struct UffdioApi")]
    [InlineData("rust", "pub struct uffdio_api {")]
    [InlineData("go", "type UffdioApi struct {")]
    [InlineData("c", "_Static_assert(sizeof(struct uffdio_api) == 24")]
    [InlineData("syzlang", "ioctl$UFFDIO_API(")]
    public async Task Every_language_is_written_to_standard_output(string language, string expected)
    {
        var result = await EmitAsync(Model, "--lang", language);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [Theory]
    [InlineData("HEADER", "rust", "", "does not exist")]
    [InlineData("running", "rust", "", "not the names of a header")]
    [InlineData(Model, "rust", "--only UFFD_NOTHING", "has nothing of the names that --only asks for")]
    [InlineData(Model, "rust", "--only-from /nonexistent.txt", "--only-from /nonexistent.txt cannot be read")]
    [InlineData(Model, "rust", "--only-from /dev/zero", "--only-from /dev/zero cannot be read: it has more than 16 MiB")]
    [InlineData(Model, "rust", "--only-from docs", "--only-from docs cannot be read: it is a directory")]
    [InlineData(Model, "rust", "--package x", "rust has none")]
    [InlineData(Model, "go", "--package a.b", "--package a.b: go has no such name")]
    [InlineData(Model, "go", "--package func", "--package func: go has no such name")]
    [InlineData(Model, "go", "--package _", "--package _: go has no such name")]
    [InlineData(Model, "csharp", "--namespace 1x", "--namespace 1x: csharp has no such name")]
    [InlineData(Model, "csharp", "--namespace class", "--namespace class: csharp has no such name")]
    [InlineData(Model, "csharp", "--namespace A.ref.B", "--namespace A.ref.B: csharp has no such name")]
    [InlineData(Model, "csharp", "--namespace a..b", "--namespace a..b: csharp has no such name")]
    [InlineData(Model, "csharp", "--namespace .a", "--namespace .a: csharp has no such name")]
    [InlineData(Model, "csharp", "--namespace a.", "--namespace a.: csharp has no such name")]
    [InlineData(Model, "cobol", "", "cobol")]
    [InlineData(Model, "rust", "-o /dev/null/abi.rs", "/dev/null/abi.rs cannot be written")]
    public async Task What_cannot_be_is_said_and_is_exit_2(string side, string language, string options, string error)
    {
        var result = await EmitAsync([side, "--lang", language, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task Names_and_what_they_need_are_written_and_nothing_else()
    {
        var list = Path.Combine(_folder, "only.txt");
        await File.WriteAllTextAsync(list, "# requests\nUFFDIO_COPY\nNO_SUCH_*\n", TestContext.Current.CancellationToken);
        var file = Path.Combine(_folder, "abi.rs");
        var result = await EmitAsync(Model, "--lang", "rust", "--only", "UFFD_API", "--only-from", list, "-o", file);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("linux/userfaultfd.h has nothing that 'NO_SUCH_*' names", result.Error, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("// Source: a part of linux/userfaultfd.h, as it is for x86_64-linux-gnu.\n", text, StringComparison.Ordinal);
        Assert.Contains("pub const UFFD_API: u64 = 0xaa;", text, StringComparison.Ordinal);
        Assert.Contains("pub const UFFDIO_COPY: u32 = 0xc028aa03;", text, StringComparison.Ordinal);
        Assert.Contains("pub struct uffdio_copy {", text, StringComparison.Ordinal);
        Assert.DoesNotContain("pub const UFFDIO_WAKE", text, StringComparison.Ordinal);
        Assert.DoesNotContain("uffd_msg", text, StringComparison.Ordinal);
    }

    /// <summary>From one commit of a header: the revision and its commit stand at the top.</summary>
    [Fact]
    [Trait("needs", "libclang")]
    public async Task Revision_of_a_tree()
    {
        // A tree whose headers_install copies the header is all that a kernel is here.
        Directory.CreateDirectory(Path.Combine(_folder, "include/uapi/linux"));
        await WriteAsync("include/uapi/linux/types.h", "typedef unsigned long long __u64;\n");
        await WriteAsync("include/uapi/linux/fz.h", "#define FZ_ONE 1\n");
        await WriteAsync("Makefile", "headers_install:\n"
            + "\tmkdir -p $(INSTALL_HDR_PATH)/include && cp -r include/uapi/. $(INSTALL_HDR_PATH)/include/\n");
        await GitAsync("init", "-q");
        await GitAsync("add", "-A");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "one");
        await GitAsync("tag", "v1");
        var commit = (await GitAsync("rev-parse", "HEAD")).Trim();
        await WriteAsync("include/uapi/linux/fz.h", "#define FZ_ONE 2\n");

        var result = await EmitAsync("v1", "--git", _folder, "--header", "linux/fz.h", "--lang", "c");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains($"// Source: linux/fz.h of v1, commit {commit}, as it is for ", result.Output, StringComparison.Ordinal);
        Assert.Contains("#define FZ_ONE 1\n", result.Output, StringComparison.Ordinal);

        Task WriteAsync(string name, string text) =>
            File.WriteAllTextAsync(Path.Combine(_folder, name), text, TestContext.Current.CancellationToken);
    }

    private async Task<string> GitAsync(params string[] arguments) =>
        (await CliWrap.Cli.Wrap("git").WithArguments(["-C", _folder, .. arguments])
        .ExecuteBufferedAsync(TestContext.Current.CancellationToken)).StandardOutput;
}
